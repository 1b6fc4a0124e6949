"""The commands of `./viche`: a module each, with one line of HELP and `run(arguments)` that returns the exit code."""

COMMANDS = (
    "demo",
    "test",
    "bench",
    "serve",
    "worker",
    "migrate",
    "places",
    "recount",
    "figures",
    "journal",
    "administrator",
    "check",
    "messages",
)
