//! Nodes of trees: every child is there, no walk goes round for ever, and none is deeper than is said.

use super::{
    content::{Passed, Source, each},
    number::Field,
};
use crate::bytes::ReadAt;

/// Nodes whose children are held, of a tree that has children before their parents.
const MAX_HELD: u64 = 1 << 20;

/// What says that a node has no children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    /// The first child is this number.
    Child(i64),
    /// A field is not zero.
    Field(Field),
    /// A field is this number.
    Is(Field, i64),
}

/// What must hold of the nodes of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nodes {
    /// Bytes of one.
    pub(super) size: usize,
    pub(super) count: u64,
    pub(super) left: Field,
    pub(super) right: Field,
    pub(super) leaf: Leaf,
    /// The feature that a node asks for, and how many there are, once that is known.
    pub(super) feature: Option<Field>,
    pub(super) features: Option<i64>,
    /// How deep the tree says that it is.
    pub(super) deepest: Option<i64>,
    /// Whether a node asks for a set of categories, for which one, and how many there are.
    pub(super) sets: Option<(Field, Field, i64)>,
    /// Where the points of a node begin and end, and how many there are.
    pub(super) points: Option<(Field, Field, i64)>,
}

/// What is found of them: none if all is as it must be.
pub(super) enum Found {
    Fault(&'static str),
    Unreadable,
    /// More than is held.
    Limit,
}

const CHILD: &str = "a node of a tree has a child that is not there";
const PARENTS: &str = "a node of a tree has two parents, or is its own: a walk may never end";
const FEATURE: &str = "a node of a tree asks for a feature that is not there";
const DEEPER: &str = "a tree is deeper than it says";
const SETS: &str = "a node of a tree asks for a set of categories that is not there";
const POINTS: &str = "a node of a search tree asks for points that are not there";

impl Nodes {
    /// Bytes that a look at the nodes holds.
    pub(super) fn room(&self) -> u64 {
        self.count.saturating_mul(2)
    }

    pub(super) fn check(&self, bytes: &dyn ReadAt, source: &Source) -> Result<(), Found> {
        let count = usize::try_from(self.count).map_err(|_| Found::Limit)?;
        let mut depths: Vec<u16> = vec![0; count];
        let (mut fault, mut at, mut ordered) = (None, 0_usize, true);
        let passed = each(bytes, source, self.size, &mut |node| {
            if at >= count {
                return false;
            }
            fault = self.node(node, at, &mut depths, &mut ordered);
            at = at.saturating_add(1);
            fault.is_none()
        });
        match (fault, passed) {
            (Some(fault), _) => Err(Found::Fault(fault)),
            (None, Passed::Unreadable) => Err(Found::Unreadable),
            (None, Passed::Whole) if ordered => self.deep(depths.iter().max().copied()),
            (None, Passed::Whole) if self.deepest.is_none() => Ok(()),
            (None, Passed::Whole) => {
                drop(depths);
                self.walk(bytes, source)
            }
        }
    }

    /// One node; marks its children in `depths` with how deep they are.
    fn node(
        &self,
        node: &[u8],
        at: usize,
        depths: &mut [u16],
        ordered: &mut bool,
    ) -> Option<&'static str> {
        if let Some((start, end, points)) = self.points {
            let (Some(start), Some(end)) = (start.read(node), end.read(node)) else { return None };
            if start < 0 || start > end || end > points {
                return Some(POINTS);
            }
        }
        let (left, right) = self.children(node)??;
        if let (Some(feature), Some(features)) = (self.feature, self.features)
            && feature.read(node).is_some_and(|feature| !(0..features).contains(&feature))
        {
            return Some(FEATURE);
        }
        if let Some((asks, set, sets)) = self.sets
            && asks.read(node).is_some_and(|asks| asks != 0)
            && set.read(node).is_some_and(|set| !(0..sets).contains(&set))
        {
            return Some(SETS);
        }
        let depth = depths.get(at).copied().unwrap_or(0).max(1).saturating_add(1);
        for child in [left, right] {
            let Some(child) = usize::try_from(child).ok() else { return Some(CHILD) };
            *ordered &= child > at;
            match depths.get_mut(child) {
                None => return Some(CHILD),
                Some(slot) if child == 0 || *slot != 0 => return Some(PARENTS),
                Some(slot) => *slot = depth,
            }
        }
        None
    }

    /// The children of a node, if it has any; none if it is cut short.
    fn children(&self, node: &[u8]) -> Option<Option<(i64, i64)>> {
        let (left, right) = (self.left.read(node)?, self.right.read(node)?);
        let leaf = match self.leaf {
            Leaf::Child(none) => left == none,
            Leaf::Field(field) => field.read(node)? != 0,
            Leaf::Is(field, none) => field.read(node)? == none,
        };
        Some((!leaf).then_some((left, right)))
    }

    fn deep(&self, depth: Option<u16>) -> Result<(), Found> {
        if depth == Some(u16::MAX) && self.deepest.is_some() {
            return Err(Found::Limit);
        }
        // The root counts as one, and is marked only if it is a child.
        let depth = i64::from(depth.unwrap_or(0).max(1)).saturating_sub(1);
        match self.deepest {
            Some(deepest) if depth > deepest => Err(Found::Fault(DEEPER)),
            _ => Ok(()),
        }
    }

    /// How deep a tree is that has children before their parents. No node has two parents.
    fn walk(&self, bytes: &dyn ReadAt, source: &Source) -> Result<(), Found> {
        if self.count > MAX_HELD {
            return Err(Found::Limit);
        }
        let mut children: Vec<(u32, u32)> = Vec::new();
        let passed = each(bytes, source, self.size, &mut |node| {
            let held = self.children(node).flatten().unwrap_or((0, 0));
            let held = (u32::try_from(held.0).unwrap_or(0), u32::try_from(held.1).unwrap_or(0));
            children.push(held);
            (children.len() as u64) < self.count
        });
        if passed == Passed::Unreadable {
            return Err(Found::Unreadable);
        }
        let mut level = vec![0_u32];
        let mut depth = 0_u16;
        while !level.is_empty() {
            let below = level.iter().filter_map(|node| children.get(usize::try_from(*node).ok()?));
            let below = below.flat_map(|(left, right)| [*left, *right]).filter(|child| *child != 0);
            level = below.collect();
            depth = depth.saturating_add(1);
        }
        self.deep(Some(depth))
    }
}
