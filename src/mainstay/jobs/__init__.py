"""Long work: jobs in a table, claimed by a supervisor, each run in a child process with limits. Other packages call `work.start`."""
