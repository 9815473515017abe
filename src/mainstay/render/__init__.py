"""A report tree written as DOCX, PPTX, XLSX, PDF and HTML. Pure: no Django, no database."""
