//! `--as-of`: what was known then.

use super::people::{
    SYSTEM, intact, judged, on_record, person, public, record, root, runner, trusts,
};
use crate::harness::copy_of;

/// Today and the days around it, as coseal has them: in UTC.
fn day(from_today: i64) -> String {
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs() as i64;
    let time = jiff::Timestamp::from_second(now + from_today * 86_400).unwrap();
    time.to_string()[..10].to_owned()
}

#[test]
fn records_and_decisions_of_later_days_do_not_count() {
    let (folder, runner) = (copy_of("support-bot"), runner());
    let owner = person(&runner, "owner");
    trusts(
        &runner,
        &root(&[
            ("runner", &public(&runner, "key"), &["runner"]),
            ("owner", &public(&runner, "owner"), &["owner"]),
        ]),
    );
    let decide = ["decide", "exempt", "restore-drilled", "--role", "owner", "--reason", "r"];
    let ended =
        runner.coseal(folder.path(), &[&decide[..], &["--for", "90d", "--key", &owner]].concat());
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    record(&runner, folder.path(), &[]);
    let known = |day: &str| {
        let ended = runner.coseal(folder.path(), &["check", "--format", "json", "--as-of", day]);
        let report = ended.json();
        assert_ne!(ended.code, 5, "{report}");
        let exempt = judged(&report, "restore-drilled")["state"] == "not-applicable";
        (on_record(&report).len(), exempt)
    };
    let listed = |day: &str| {
        let list = ["evidence", "list", "--format", "json", "--as-of", day];
        runner.coseal(folder.path(), &list).json()["records"].as_array().unwrap().len()
    };
    assert_eq!(known(&day(-1)), (0, false), "nothing was on record or decided yesterday");
    assert_eq!(listed(&day(-1)), 0);
    for later in [0, 1] {
        let (records, exempt) = known(&day(later));
        assert!(records > 10 && exempt, "{later}: {records} {exempt}");
        assert!(listed(&day(later)) > 90);
    }
    intact(&runner, folder.path());
}

/// A machine far in the east or west has another date on its wall.
#[test]
fn what_is_recorded_now_counts_today_wherever_it_is_today() {
    // Local days are not days of records. One of these is another day than UTC's at any time.
    for zone in ["XXX12", "XXX-14", "UTC0"] {
        let (folder, runner) = (copy_of("support-bot"), runner().with("TZ", zone));
        trusts(&runner, &root(&[("runner", &public(&runner, "key"), &["runner"])]));
        record(&runner, folder.path(), &[]);
        let report = runner.coseal(folder.path(), &["check", "--format", "json"]).json();
        assert!(
            on_record(&report).len() > 10,
            "{zone}: {SYSTEM} has no evidence on {}",
            report["as-of"]
        );
    }
}

#[test]
fn what_is_seen_today_is_not_signed_for_another_day() {
    let (folder, runner) = (copy_of("support-bot"), runner());
    for other in [day(-1), day(1)] {
        let ended = runner.coseal(folder.path(), &["check", "--record", "--as-of", &other]);
        assert_eq!(ended.code, 2, "{}", ended.stdout);
        assert!(!runner.path("store").exists());
    }
}
