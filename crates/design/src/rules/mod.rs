//! The rules: one to a file, each with what it looks for and a system in which it fires.

mod terms;
#[cfg(test)]
mod tests;

use crate::rule::Rule;

pub(crate) use terms::content;

macro_rules! rules {
    ($($module:ident),+ $(,)?) => {
        $(mod $module;)+

        /// All rules, sorted by id.
        pub const RULES: &[Rule] = &[$($module::RULE),+];
    };
}

rules! {
    agent_hoards_rights,
    agent_runs_on,
    agent_steers_agent,
    answer_becomes_command,
    answer_becomes_query,
    answer_scripts_page,
    answers_copy_model,
    any_page_asks,
    base_passes_on_harm,
    callers_run_up_costs,
    confidences_help_copying,
    delivered_adapter_is_hostile,
    delivered_data_poisons_training,
    delivered_model_has_backdoor,
    delivered_weights_unverified,
    endpoint_tells_too_much,
    endpoint_without_caller,
    environments_share_keys,
    feedback_unscreened,
    file_acts_when_loaded,
    given_out_model_taken_apart,
    hosted_model_changes,
    inputs_evade_model,
    instructions_changed_unseen,
    instructions_drawn_out,
    kept_without_end,
    log_holds_people,
    log_teaches_model,
    media_steers_model,
    membership_worked_out,
    model_learns_from_itself,
    model_repeats_training_data,
    model_steers_model,
    model_writes_what_lasts,
    part_cannot_be_mended,
    people_not_told,
    private_data_goes_to_supplier,
    private_data_in_the_clear,
    private_data_in_trials,
    private_data_leaves_by_tool,
    rendered_answer_leaks,
    retired_and_still_read,
    secret_reaches_model,
    service_calls_tool,
    service_steers_model,
    stored_content_steers_model,
    stored_data_answers_stranger,
    stored_weights_exchanged,
    stranger_calls_tool,
    stranger_poisons_index,
    stranger_poisons_memory,
    stranger_reads_by_tool,
    supplier_is_gone,
    tenants_share_store,
    tool_description_steers_model,
    tool_server_changes,
    tool_server_is_hostile,
    tool_without_consent,
    training_data_unguarded,
    training_in_production,
    trials_tampered,
    user_steers_model,
    users_share_memory,
    vectors_turned_back,
    writer_poisons_training,
    wrong_answer_acted_on,
}
