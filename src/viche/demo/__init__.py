"""The invented demonstration, and load data for benches. Nothing in it is a real person or programme.

`stage` builds people and places, `fund` and `hubs` play their programmes through the operations that people use, at the
moments when it would have happened; `prepare` puts it together for `./viche demo`; `load` fills a database for benches.
"""
