"""Differences that stay: lines "request ;; difference ;; reason" of two regular expressions and words."""

import pathlib
import re


class Rules:
    def __init__(self, name):
        self.file = pathlib.Path(__file__).with_name(name)
        lines = self.file.read_text().splitlines()
        self.rules = [tuple(part.strip() for part in line.split(";;")[:2])
                      for line in lines if line and not line.startswith("#")]
        self.used = set()

    def left(self, what, differences):
        """What of the differences in the answer to `what` no rule accepts."""
        left = []
        for line in differences:
            matching = [rule for rule in self.rules if re.search(rule[0], what) and re.search(rule[1], line)]
            self.used.update(matching)
            if not matching:
                left.append(line)
        return left

    def report_unused(self):
        for rule in self.rules:
            if rule not in self.used:
                print(f"no longer needed in {self.file.name}:", " ;; ".join(rule))
