"""JUnit XML by the schema of the xUnit plug-in: junit.py SCHEMA FILE..."""
import sys

from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[1]))
# What is not JUnit must not pass, or this shows nothing.
assert not schema.validate(etree.fromstring("<testsuites><testsuite/></testsuites>"))
for file in sys.argv[2:]:
    tree = etree.parse(file, etree.XMLParser(resolve_entities=False, no_network=True))
    schema.assertValid(tree)
    for suite in tree.getroot():
        cases = suite.findall("testcase")
        counts = {"tests": len(cases)}
        counts["failures"] = sum(case.find("failure") is not None for case in cases)
        counts["skipped"] = sum(case.find("skipped") is not None for case in cases)
        for name, count in counts.items():
            assert suite.get(name) == str(count), (file, suite.get("name"), name)
    assert len(tree.getroot()) == 17, file
print(f"junit: {len(sys.argv) - 2} documents are valid by {sys.argv[1].rsplit('/', 1)[-1]}")
