"""A return as an Excel workbook: out with everything that is asked, back with every fault named by its cell."""
