"""The tools of an author: a new text, its chapter, and changes that are made together or not at all."""
