//! Memory that files share which are looked at at a time. What turns out to be large waits until there is room, or until
//! it is the one that may take more: how long something takes depends on others, what comes of it does not.

use std::{
    cell::Cell,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

/// Bytes for all that is looked at, but for the one file that may take more.
const SHARED: u64 = 12 << 20;
/// Bytes asked for at a time.
const STEP: u64 = 1 << 20;
/// What a parser holds for each byte that it reads, about. What may be more is asked for as it grows: [`push`].
const HELD_FOR_EACH: u64 = 8;

/// Bytes that decoders hold of one file, with what they keep to be read again: streams stand within streams.
const SHARES: u64 = 44 << 20;

static HALL: Hall =
    Hall { state: Mutex::new(State { free: SHARED, taken: false }), changed: Condvar::new() };

struct Hall {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    free: u64,
    /// Whether one file takes more than was left.
    taken: bool,
}

/// What the file holds that this thread looks at.
#[derive(Clone, Copy, Default)]
struct Held {
    inside: bool,
    used: u64,
    granted: u64,
    /// Whether it is the one that may take more.
    first: bool,
}

thread_local! {
    static HELD: Cell<Held> = const { Cell::new(Held { inside: false, used: 0, granted: 0, first: false }) };
}

thread_local! {
    static SHARED_OUT: Cell<u64> = const { Cell::new(0) };
}

/// A part of what may be held of one file to unpack it, given back when this goes.
#[derive(Debug)]
pub(crate) struct Share(u64);

impl Share {
    /// All of `bytes`, or nothing where others hold too much.
    pub(crate) fn of(bytes: u64) -> Option<Self> {
        let share = Self::up_to(bytes);
        (share.0 == bytes).then_some(share)
    }

    /// As much of `bytes` as is left.
    pub(crate) fn up_to(bytes: u64) -> Self {
        let out = SHARED_OUT.get();
        let share = bytes.min(SHARES.saturating_sub(out));
        SHARED_OUT.set(out.saturating_add(share));
        Self(share)
    }

    /// How many bytes it is.
    pub(crate) const fn bytes(&self) -> u64 {
        self.0
    }

    /// Gives back what is more than `bytes`.
    pub(crate) fn shrink(&mut self, bytes: u64) {
        let back = self.0.saturating_sub(bytes);
        self.0 = self.0.saturating_sub(back);
        SHARED_OUT.set(SHARED_OUT.get().saturating_sub(back));
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.shrink(0);
    }
}

/// The room of one file, given back when this goes.
pub(crate) struct Room {
    outermost: bool,
}

impl Room {
    /// Begins with a file. A file within a file is in its room.
    pub(crate) fn enter() -> Self {
        let held = HELD.get();
        HELD.set(Held { inside: true, ..held });
        Self { outermost: !held.inside }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if self.outermost {
            HALL.give_back(HELD.take());
        }
    }
}

/// So many bytes were read to be parsed.
pub(crate) fn read(bytes: usize) {
    hold((bytes as u64).saturating_mul(HELD_FOR_EACH));
}

/// Pushes onto what grows with hostile bytes, in their room.
pub(crate) fn push<T>(onto: &mut Vec<T>, item: T) {
    if onto.len() == onto.capacity() {
        // It grows to twice its size, while what it was is still there.
        let bytes = onto.capacity().saturating_mul(size_of::<T>()).saturating_mul(2);
        hold(bytes as u64);
    }
    onto.push(item);
}

/// So many more bytes are held.
pub(crate) fn hold(bytes: u64) {
    let mut held = HELD.get();
    held.used = held.used.saturating_add(bytes);
    if held.inside && !held.first && held.used > held.granted {
        HALL.ask(&mut held);
    }
    HELD.set(held);
}

impl Hall {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, held: &mut Held) {
        let more = held.used.saturating_sub(held.granted).next_multiple_of(STEP);
        let mut state = self.lock();
        loop {
            if let Some(free) = state.free.checked_sub(more) {
                state.free = free;
                held.granted = held.granted.saturating_add(more);
                return;
            }
            if !state.taken {
                state.taken = true;
                held.first = true;
                return;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn give_back(&self, held: Held) {
        if held.granted == 0 && !held.first {
            return;
        }
        let mut state = self.lock();
        state.free = state.free.saturating_add(held.granted);
        state.taken &= !held.first;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{HALL, Room, SHARED, hold};
    use crate::parallel::in_order;

    #[test]
    fn what_is_large_takes_turns_and_everything_ends() {
        let large = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let items: Vec<usize> = (0..64).collect();
        in_order(&items, 16, |item| {
            let _room = Room::enter();
            let _within = Room::enter();
            hold(1 << (10 + item % 14));
            if item % 5 == 0 {
                hold(SHARED * 2);
                most.fetch_max(large.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::yield_now();
                large.fetch_sub(1, Ordering::SeqCst);
            }
        });
        assert_eq!(most.into_inner(), 1);
        let state = HALL.lock();
        assert!(state.free <= SHARED);
    }
}
