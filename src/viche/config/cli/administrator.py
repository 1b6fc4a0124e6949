"""The first administrator."""

HELP = "створити адміністратора за адресою пошти"


def run(arguments: list[str]) -> int:
    return 0
