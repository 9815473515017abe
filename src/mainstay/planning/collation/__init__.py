"""The collation of project plans: what is looked at before a plan that arrives becomes the live one."""
