//! Where something stands in the loop that the whole closes.

/// The loop, as it is shown.
pub(super) const LOOP: &str =
    "threat → control → test → release gate → run-time detector → incident → lesson → threat";

/// The part of the loop that a guideline, by its number, belongs to.
pub(super) fn station(guideline: &str) -> &'static str {
    match guideline {
        "1.1" | "1.2" => "threat",
        "2.4" | "3.2" => "test",
        "3.4" => "release gate",
        "4.1" | "4.2" => "run-time detector",
        "3.3" => "incident",
        "4.4" => "lesson",
        _ => "control",
    }
}

/// Where a guideline stands in it, in a sentence.
pub(super) fn sentence(guideline: &str) -> String {
    format!("Its place in the loop {LOOP}: **{}**.", station(guideline))
}

#[cfg(test)]
mod tests {
    use coseal_core::catalogue::catalogue;

    use super::{LOOP, station};

    #[test]
    fn every_station_is_in_the_loop_and_has_a_guideline() {
        let stations: Vec<_> = catalogue().guidelines.iter().map(|g| station(&g.id)).collect();
        for station in LOOP.split(" → ") {
            assert!(stations.contains(&station), "{station}");
        }
        assert!(stations.iter().all(|station| LOOP.contains(station)));
    }
}
