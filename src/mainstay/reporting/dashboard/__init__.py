"""The status of a portfolio or programme on one page: ratings period by period, who is silent, and each project with its record."""
