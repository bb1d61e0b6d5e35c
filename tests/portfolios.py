"""Portfolios as CSV text, for the tests of what comes in and goes out."""

import io
import zipfile

CYCLE = "code,title,start,periods\nC1,Cycle,2027,3\n"
SMALL = {
    "cycle": CYCLE,
    "envelopes": "code,title\nPDI,Programme\n",
    "envelope_limits": "envelope,period,limit\nPDI,2027,500\nPDI,2028,500\nPDI,2029,300\n",
    "teams": "code,title\nDEV,Développement\n",
    "team_capacity": "team,period,days\nDEV,2027,220\n",
    "projects": "code,title\nP1,Un\nP2,Deux\nP3,Trois\n",
    "variants": "project,code,duration\nP1,base,2\nP2,base,1\nP3,base,\n",
    "costs": "project,variant,envelope,offset,likely\n"
    "P1,base,PDI,1,100\nP1,base,PDI,2,250.50\nP2,,PDI,1,\nP3,base,PDI,1,80\n",
    "efforts": "project,variant,team,offset,days\nP1,base,DEV,1,120\n",
    "links": "code,kind,project,others,lag\nL1,needs,P2,P1,1\n",
}


def zipped(tables: dict[str, str]) -> bytes:
    """The tables as a zip of CSV files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(f"lot/{name}.csv", text)
    return packed.getvalue()
