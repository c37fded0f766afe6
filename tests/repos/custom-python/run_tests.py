import sys

from words import longest

good = longest(["a", "ccc", "bb"]) == "ccc" and longest([]) == ""
with open("report.xml", "w") as report:
    failure = "" if good else "<failure message='wrong'/>"
    report.write(f"<testsuite><testcase classname='words' name='longest'>{failure}</testcase></testsuite>")
sys.exit(not good)
