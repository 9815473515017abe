"""Long work: tasks run outside the request, with progress, limits and retries."""
