//! Many files at a time, on as many cores as there are. Results come in the order of the files, and are those of one worker.

use std::{
    num::NonZero,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Workers at most, however many cores there are: each holds some memory of its own.
pub const MAX_WORKERS: usize = 32;
/// Bytes of stack of a worker, so that depth means the same on every machine and in every thread.
const STACK: usize = 8 << 20;

/// As many workers as there are cores for this process, [`MAX_WORKERS`] at most.
#[must_use]
pub fn workers() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(MAX_WORKERS)
}

/// What `work` makes of each item, in the order of the items. A panic in a worker goes on in the caller.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(item)));
        }
    };
    let workers = workers.clamp(1, MAX_WORKERS).min(items.len());
    let mut all = thread::scope(|scope| {
        let begin = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).ok();
        let begun: Vec<_> = (0..workers).map_while(begin).collect();
        // Where no thread can be had, this one does the work.
        let mut all = if begun.is_empty() { worker() } else { Vec::new() };
        for worker in begun {
            all.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..999).collect();
        for workers in [0, 1, 3, 99] {
            let doubled = in_order(&items, workers, |item| item * 2);
            assert!(doubled.iter().zip(&items).all(|(double, item)| *double == item * 2));
            assert_eq!(doubled.len(), items.len());
        }
        assert!(in_order(&[(); 0], 4, |()| 1).is_empty());
    }

    #[test]
    #[should_panic(expected = "this one")]
    fn a_panic_goes_on_in_the_caller() {
        in_order(&[1, 2, 3], 2, |item| assert!(*item != 2, "this one"));
    }
}
