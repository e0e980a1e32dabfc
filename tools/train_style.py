"""Makes stillwater/identity/style/background.json anew from data/. Deterministic."""

import json
from pathlib import Path

from stillwater.identity.style.background import FILE
from stillwater.identity.style.training import read_samples, train

HERE = Path(__file__).resolve().parent.parent


def main() -> None:
    made = train(read_samples(HERE / "data"))
    FILE.write_text(json.dumps(made, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    print(f"{len(made['habits'])} habits, {len(made['words'])} words, {made['calibration']}")


if __name__ == "__main__":
    main()
