"""The house colours: six for light pages, six for dark ones.

The smallest distance between any two of them, in the CAM02-UCS colour space and for normal sight and
three colour deficiencies, is kept above a floor by a test.
"""

PALETTE = ("#0B5394", "#E07B00", "#3A9BDC", "#B03A2E", "#8C8C8C", "#222222")
PALETTE_DARK = ("#2F7FD0", "#FFD28A", "#4CC3B0", "#D55E00", "#F2F2F2", "#5B6573")

BLUE, ORANGE, SKY, RED, GREY, BLACK = PALETTE
INK, PAPER, GRID = "#22262B", "#FFFFFF", "#DADDE1"
INK_DARK, PAPER_DARK, GRID_DARK = "#E8E8E8", "#14181E", "#3A4048"

SEQUENTIAL = "cividis"
DIVERGING = "RdBu_r"
