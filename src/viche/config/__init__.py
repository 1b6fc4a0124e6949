"""How the parts are put together: settings from the environment, addresses, the server entry, the commands."""
