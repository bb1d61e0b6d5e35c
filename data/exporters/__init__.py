"""What leaves: a registry as a workbook or as CSV files, in the tables it can come back from."""

from data.exporters.csv_files import csv_files, csv_zip
from data.exporters.workbook import template, workbook

__all__ = ["csv_files", "csv_zip", "template", "workbook"]
