# Shortcuts for those who have just; each is a command of ./viche or a tool of the test lock.

# List what there is
default:
    @just --list

# Show Viche with invented programmes
demo *arguments:
    ./viche demo {{arguments}}

# Run everything, or only what is named
test *arguments:
    ./viche test {{arguments}}

# Put the code into its usual shape
format:
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .

# Gather messages and name those without a translation
messages:
    ./viche messages

# Pin dependencies again from pyproject.toml
lock:
    .venv/uv/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements/base.txt
    .venv/uv/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra postgresql --extra redis -c requirements/base.txt pyproject.toml -o requirements/server.txt
    .venv/uv/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra test -c requirements/base.txt pyproject.toml -o requirements/test.txt

# What CI runs: both databases and the small benches
ci:
    .ci/run
