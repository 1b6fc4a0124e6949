"""What the facts mean: indicators, what they aim at and what they come to.

An *indicator* belongs to a programme and to a goal of it. It is *counted* from the ledger (a measure, or a part of one), *reported*
by people with evidence and approved by somebody else, or *reckoned* from two others. Its *definition sheet* says what counts and how
doubles are avoided. *Targets* stand for a *period* or the whole programme, and for a part. A period *closes*: what was known then is
kept, and what changes later is told as a correction.
"""
