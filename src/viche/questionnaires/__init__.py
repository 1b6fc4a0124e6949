"""The one form engine: questionnaires, versions, sections, questions, and sheets of answers."""
