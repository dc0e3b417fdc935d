"""The page: one HTML file that shows a round, or one file's scores, at the meeting, on a phone and on paper.

``content`` says everything as plain values, ``chart`` lays out the pictures, ``template`` writes the file.
"""

from scoring.page.content import content_of
from scoring.page.template import page_html

__all__ = ["content_of", "page_html"]
