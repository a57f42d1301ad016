"""Who is meant: candidates for one mention, proposals for a whole corpus. Pure over rows."""
