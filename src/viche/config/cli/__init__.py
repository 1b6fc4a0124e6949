"""The commands of `./viche`: one thin module each."""
