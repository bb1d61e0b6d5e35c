"""What is shown; the only floor that imports streamlit and altair."""
