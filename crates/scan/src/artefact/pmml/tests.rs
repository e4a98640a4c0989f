//! Documents written by hand.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Unknown};

use crate::{bytes::SliceBytes, inspect};

fn document(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/>{inner}</PMML>\n"
    )
}

fn verdict(text: &str) -> ArtefactVerdict {
    let artefact = inspect("m.pmml", &SliceBytes(text.as_bytes())).unwrap();
    assert_eq!(artefact.format, "pmml");
    artefact.verdict
}

fn call(function: &str) -> String {
    format!(
        "<TransformationDictionary><DerivedField><Apply function=\"{function}\"><Constant>1 &lt; 2</Constant></Apply></DerivedField></TransformationDictionary>"
    )
}

#[test]
fn honest_models_are_clean() {
    assert_eq!(verdict(&document(&call("isMissing"))), Clean);
    let own =
        "<TransformationDictionary><DefineFunction name=\"mine\"/></TransformationDictionary>";
    assert_eq!(verdict(&document(&format!("{}{own}", call("mine")))), Clean);
    let table = "<InlineTable><row><anything>1</anything></row></InlineTable>";
    assert_eq!(verdict(&document(table)), Clean);
    assert_eq!(verdict(&document("<!-- <x> --><Extension name=\"user\" value=\"me\"/>")), Clean);
    assert_eq!(verdict(&document("<Annotation><![CDATA[ a < b & c ]]></Annotation>")), Clean);
}

#[test]
fn functions_of_others_are_not_clean() {
    assert_eq!(verdict(&document(&call("com.example.Mine"))), Unknown);
    assert_eq!(verdict(&document(&call("java.lang.Runtime.exec"))), Malicious);
    assert_eq!(verdict(&document("<script>1</script>")), Unknown);
    assert_eq!(verdict(&document("<Extension name=\"a\" value=\"os.system(1)\"/>")), Unknown);
    assert_eq!(verdict(&document("<Extension name=\"script\"/>")), Unknown);
}

#[test]
fn document_types_and_broken_documents_are_not_clean() {
    for text in [
        document("&x;"),
        document("<Header>"),
        document("<Header a=1/>"),
        document("<Header a=\"1\" a=\"2\"/>"),
        document("</Header>"),
        document(&"<Header>".repeat(5000)),
        format!("{}<PMML/>", document("")),
        "<!DOCTYPE PMML [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><PMML/>".into(),
        "<other/>".into(),
        "<PMML".into(),
        String::new(),
    ] {
        assert_eq!(verdict(&text), Malformed, "{text}");
    }
    assert_eq!(
        verdict("<!DOCTYPE PMML [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><PMML>&x;</PMML>"),
        Malicious
    );
}
