"""``python app.py``: index the sample transcripts where that is still to be done, and serve the page on them."""

import sys
from pathlib import Path

from qa.cli import main

HERE = Path(__file__).parent
INDEX = str(HERE / ".ontherecord" / "index")

if __name__ == "__main__":
    failed = main(["index", str(HERE / "data" / "transcripts"), "--index", INDEX])
    sys.exit(failed or main(["serve", "--index", INDEX, *sys.argv[1:]]))
