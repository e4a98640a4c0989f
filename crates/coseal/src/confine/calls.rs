//! seccomp: the system calls that reading, threads and printing need. Every other fails.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, apply_filter,
};

use super::Given;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Calls that are let through whatever they are called with.
const PLAIN: &[i64] = &[
    // files that are open, and what is known of files
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_pread64,
    libc::SYS_lseek,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_readlinkat,
    libc::SYS_getdents64,
    libc::SYS_getcwd,
    libc::SYS_fcntl,
    // printing
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_ppoll,
    // memory
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    // threads, and their end
    libc::SYS_futex,
    libc::SYS_set_robust_list,
    libc::SYS_get_robust_list,
    libc::SYS_rseq,
    libc::SYS_membarrier,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_set_tid_address,
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_restart_syscall,
    libc::SYS_gettid,
    libc::SYS_getpid,
    libc::SYS_tgkill,
    libc::SYS_exit,
    libc::SYS_exit_group,
    // time, chance and limits
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_getrandom,
    libc::SYS_prlimit64,
    libc::SYS_uname,
];

/// Those that only this architecture has.
#[cfg(target_arch = "x86_64")]
const OLD: &[i64] = &[
    libc::SYS_stat,
    libc::SYS_lstat,
    libc::SYS_access,
    libc::SYS_readlink,
    libc::SYS_poll,
    libc::SYS_getdents,
    libc::SYS_arch_prctl,
];
#[cfg(not(target_arch = "x86_64"))]
const OLD: &[i64] = &[];

/// Those that writing a file and giving it its name takes.
const WRITING: &[i64] = &[
    libc::SYS_openat,
    libc::SYS_fsync,
    libc::SYS_fdatasync,
    libc::SYS_unlinkat,
    libc::SYS_linkat,
    libc::SYS_renameat,
    libc::SYS_renameat2,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_open,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_unlink,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_rename,
];

/// Gives up all calls but those above; `writing` keeps those that a file's writing takes.
pub(super) fn confine(writing: bool) -> Given {
    match programs(writing).and_then(|all| all.iter().try_for_each(apply)) {
        Ok(()) => Given::Up,
        Err(_) => Given::Not,
    }
}

/// Why there is no filter.
struct NoFilter;

impl From<BackendError> for NoFilter {
    fn from(_: BackendError) -> Self {
        Self
    }
}

fn apply(program: &BpfProgram) -> Result<(), NoFilter> {
    apply_filter(program).map_err(|_| NoFilter)
}

/// Two filters. Of `clone3` a filter can't see what it is to make: who is told that the kernel has it not falls back
/// on `clone`, of which it can.
fn programs(writing: bool) -> Result<[BpfProgram; 2], NoFilter> {
    let absent = SeccompAction::Errno(libc::ENOSYS.cast_unsigned());
    let refused = SeccompAction::Errno(libc::EPERM.cast_unsigned());
    let clone3 = Rules::from([(libc::SYS_clone3, Vec::new())]);
    Ok([
        compiled(clone3, SeccompAction::Allow, absent)?,
        compiled(allowed(writing)?, refused, SeccompAction::Allow)?,
    ])
}

fn compiled(
    rules: Rules,
    otherwise: SeccompAction,
    listed: SeccompAction,
) -> Result<BpfProgram, NoFilter> {
    let here = std::env::consts::ARCH.try_into()?;
    Ok(SeccompFilter::new(rules, otherwise, listed, here)?.try_into()?)
}

fn allowed(writing: bool) -> Result<Rules, NoFilter> {
    let plain = PLAIN.iter().chain(OLD).chain(&[libc::SYS_clone3]);
    let mut rules: Rules = plain.map(|call| (*call, Vec::new())).collect();
    let writes = bits(libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC);
    rules.insert(libc::SYS_openat, vec![without(2, writes)?]);
    #[cfg(target_arch = "x86_64")]
    rules.insert(libc::SYS_open, vec![without(1, writes)?]);
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        rules.insert(call, vec![without(2, bits(libc::PROT_EXEC))?]);
    }
    let thread = bits(libc::CLONE_THREAD);
    rules.insert(libc::SYS_clone, vec![masked(0, thread, thread)?]);
    let terminal = [0x5401, 0x5413]; // TCGETS, TIOCGWINSZ
    rules.insert(
        libc::SYS_ioctl,
        terminal
            .map(|request| masked(1, u64::from(u32::MAX), request))
            .into_iter()
            .collect::<Result<_, _>>()?,
    );
    if writing {
        rules.extend(WRITING.iter().map(|call| (*call, Vec::new())));
    }
    Ok(rules)
}

/// Flags, as a filter compares them.
fn bits(flags: i32) -> u64 {
    u64::from(flags.cast_unsigned())
}

/// If none of `bits` is set in an argument.
fn without(argument: u8, bits: u64) -> Result<SeccompRule, NoFilter> {
    masked(argument, bits, 0)
}

/// If of `mask` exactly `value` is set in an argument.
fn masked(argument: u8, mask: u64, value: u64) -> Result<SeccompRule, NoFilter> {
    let equal = SeccompCmpOp::MaskedEq(mask);
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, equal, value)?;
    Ok(SeccompRule::new(vec![condition])?)
}
