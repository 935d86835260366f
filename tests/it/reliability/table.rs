//! The rows: what must hold, how much hangs on it, and the tests that keep it.
//!
//! A test is named by its module path, as the test runner prints it.

/// How much hangs on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// Nothing is released while it does not hold.
    Blocks,
    /// It makes the program trusted.
    Trusted,
    /// It makes it pleasant.
    Polish,
}

/// A row.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number.
    pub(super) number: u16,
    /// How much hangs on it.
    pub(super) weight: Weight,
    /// What holds.
    pub(super) holds: &'static str,
    /// The tests that keep it.
    pub(super) kept_by: &'static [&'static str],
}

const fn blocks(number: u16, holds: &'static str, kept_by: &'static [&'static str]) -> Row {
    Row {
        number,
        weight: Weight::Blocks,
        holds,
        kept_by,
    }
}

const fn trusted(number: u16, holds: &'static str, kept_by: &'static [&'static str]) -> Row {
    Row {
        weight: Weight::Trusted,
        ..blocks(number, holds, kept_by)
    }
}

const fn polish(number: u16, holds: &'static str, kept_by: &'static [&'static str]) -> Row {
    Row {
        weight: Weight::Polish,
        ..blocks(number, holds, kept_by)
    }
}

/// All rows that are kept.
pub(super) const ROWS: &[Row] = &[
    blocks(
        1,
        "a lost answer ends as applied or not applied by looking, and nothing is doubled or lost",
        &[
            "provider::contract::settled::r1_two_hundred_lost_answers_double_nothing_and_lose_nothing",
            "provider::contract::lost::r1_a_lost_answer_is_looked_up_and_the_write_is_sent_once",
            "walk::lost::r1_what_the_screen_says_of_a_lost_answer_holds_in_the_world",
            "cli::command::killed::r1_r19_a_killed_write_is_settled_by_reading_and_never_sent_again",
        ],
    ),
    blocks(
        2,
        "no write is repeated by itself; a read is, twice at the most",
        &[
            "provider::http::write::r2_a_write_is_sent_once_wherever_the_exchange_breaks",
            "provider::contract::once::r2_a_write_is_sent_once_and_its_end_is_not_claimed_beyond_what_is_known",
            "job::task::r2_a_step_goes_out_again_only_when_it_was_not_applied",
            "provider::http::read::r2_what_may_pass_is_tried_three_times",
            "provider::http::h2::a_write_does_not_speak_it",
        ],
    ),
    blocks(
        3,
        "a yes that is pressed twice, held or repeated is one request",
        &[
            "walk::once::r3_a_yes_pressed_five_times_is_one_request_a_hundred_times_of_a_hundred",
            "app::safety::held::r3_four_enters_in_a_form_ask_for_one_plan_and_send_once",
            "app::safety::held::r3_a_held_letter_counts_for_no_question",
            "gate::carry::r3_a_consent_is_spent_once",
            "gate::carry::r3_the_second_identical_one_is_refused_while_the_first_is_under_way",
        ],
    ),
    blocks(
        4,
        "a gateway that gave up is never called a failure of what may have been applied",
        &[
            "provider::contract::settled::r4_a_gateway_that_gave_up_is_no_failure",
            "provider::balena::write::failures_of_the_server_and_pages_of_proxies_leave_it_unknown",
            "provider::clerk::write::failures_of_the_server_leave_the_outcome_unknown_and_nothing_is_repeated",
        ],
    ),
    blocks(
        5,
        "nothing that a stranger typed commands the terminal, and nothing of it vanishes",
        &[
            "domain::text::r5_nothing_hostile_is_left_and_nothing_vanishes",
            "view::sizes::r5_no_hostile_character_reaches_a_cell",
            "view::hostile::no_byte_of_a_name_steers_the_terminal",
            "domain::text::marks::every_single_character_is_harmless_alone_and_between_letters",
            "view::corpus::every_field_of_every_record_is_shown_on_a_narrow_screen",
        ],
    ),
    blocks(
        6,
        "the same holds for every output format, for errors, help and panics",
        &[
            "cli::command::hostile::r6_no_format_lets_anything_through",
            "cli::command::hostile::json_gives_back_what_was_typed",
            "cli::command::corpus::names_and_short_names_of_organizations",
            "cli::errors::r6_what_a_file_holds_cannot_command_the_terminal",
            "rig::frame::hard_names_break_no_document",
        ],
    ),
    blocks(
        7,
        "the words of services, their headers and redirects are quoted, cleaned and short",
        &[
            "domain::error::r7_a_servers_words_are_cleaned_and_short",
            "provider::http::read::r7_header_values_are_foreign_text_of_bounded_length",
            "provider::contract::words::r7_what_a_refusal_says_is_inert_and_short_and_all_of_it_is_there",
            "provider::contract::words::r7_headers_are_inert_and_short_and_all_of_them_are_there",
            "provider::contract::words::r7_a_page_that_stands_for_an_answer_is_inert_and_short",
            "provider::contract::words::r7_of_a_thousand_complaints_a_few_are_told",
        ],
    ),
    blocks(
        8,
        "no secret stands in an argument, a file, a frame, a log, a child's environment or a panic",
        &[
            "cli::canary::r8_nothing_that_leaves_the_program_holds_a_secret",
            "cli::canary::tour::r8_a_tour_of_the_console_on_each_service_leaves_no_trace",
            "cli::canary::r8_no_failure_quotes_a_secret",
            "cli::canary::r8_what_is_typed_leaves_no_trace",
            "cli::canary::r8_the_console_shows_and_keeps_nothing_of_it",
            "cli::canary::r8_no_value_prints_its_secret",
            "cli::canary::a_token_command_inherits_no_secret",
            "journal::wire::r8_r96_no_secret_is_written",
            "cli::command::journal::r8_no_token_is_in_it",
            "provider::contract::secrets::r8_r71_no_secret_shows_in_answers_errors_plans_news_or_journal",
            "provider::http::masked::r8_a_token_that_is_repeated_is_masked_in_every_answer",
            "provider::http::masked::r8_a_redirect_does_not_name_the_token",
            "provider::http::masked::r8_a_write_is_answered_without_the_token",
            "domain::secret::r8_a_secret_can_neither_be_shown_nor_written",
            "provider::http::report::r8_no_secret_is_in_any_error_or_news",
        ],
    ),
    blocks(
        9,
        "a redirect is refused with its target named, and nothing is asked of it",
        &[
            "provider::http::read::r9_a_redirect_is_not_followed_and_its_target_is_named",
            "provider::http::write::r9_a_redirected_write_names_the_place_and_goes_nowhere_else",
            "auth::sign_in::r9_a_sign_in_is_sent_to_no_other_address_and_for_no_other_client",
            "cli::command::faults::r9_a_redirect_is_named_and_its_target_hears_nothing",
        ],
    ),
    blocks(
        10,
        "a server that cannot be trusted hears nothing",
        &[
            "provider::http::tls::r10_a_server_that_cannot_be_trusted_hears_nothing",
            "provider::http::tls::r10_a_server_without_encryption_hears_no_token",
            "cli::command::faults::r10_a_server_that_cannot_be_trusted_is_refused_in_two_lines",
        ],
    ),
    blocks(
        11,
        "plain http stays on this machine",
        &[
            "domain::origin::r11_plain_http_stays_on_this_machine",
            "cli::command::gallery::settings",
        ],
    ),
    blocks(
        12,
        "nothing that takes away is sent without its own dialog, nor by a slip",
        &[
            "app::safety::r12_nothing_begins_but_what_was_looked_at_and_agreed_to",
            "app::safety::held::r12_four_enters_in_20_ms_begin_nothing_from_where_a_question_starts",
            "app::asks::r12_a_heavy_question_starts_in_the_field_and_wants_the_whole_name",
            "cli::command::codes::r12_a_name_that_has_to_be_confirmed_is_2_without_it",
        ],
    ),
    blocks(
        13,
        "a question keeps its target whatever moves below it",
        &[
            "app::safety::target::r13_nothing_that_is_read_below_a_question_changes_what_it_is_about",
            "app::asks::refreshes_sorts_and_foreign_edits_below_never_change_the_target",
            "app::bulk::what_was_read_under_the_question_changes_no_target",
            "walk::target::r13_what_is_removed_is_what_was_shown_a_hundred_times_of_a_hundred",
        ],
    ),
    blocks(
        14,
        "every question names the id that it is about",
        &[
            "app::safety::target::r14_organizations_of_one_name_are_told_apart_by_their_id_in_every_question",
            "app::safety::target::r14_organizations_of_one_name_are_told_apart_by_their_id_in_every_form",
            "app::safety::target::r14_people_of_one_name_are_told_apart_by_their_id_in_every_question",
        ],
    ),
    blocks(
        15,
        "read-only sends no write, in the console and in commands",
        &[
            "walk::r15_a_console_that_reads_only_says_so_and_sends_nothing",
            "cli::command::only::r15_no_write_goes_out_by_flag_by_variable_or_by_profile",
            "gate::carry::r15_read_only_forbids_what_was_agreed_to_elsewhere",
            "app::picker::r15_nothing_that_writes_is_ready_on_a_read_only_profile",
        ],
    ),
    blocks(
        16,
        "a panic puts the terminal back first, and leaves a report that only its owner can read",
        &[
            "terminal::guard::r16_a_panic_on_any_thread_restores_the_terminal_before_its_report",
            "cli::crash::r16_a_panic_leaves_a_report_for_its_owner_alone",
        ],
    ),
    blocks(
        17,
        "every signal puts the terminal back, and waits for nothing",
        &[
            "terminal::signals::r17_every_signal_in_every_state_restores_the_terminal_and_waits_for_no_write",
            "terminal::guard::r17_every_signal_restores_the_terminal_and_ends_with_its_code",
            "terminal::guard::r17_a_signal_restores_the_terminal_in_every_state_of_the_screen",
        ],
    ),
    blocks(
        18,
        "a terminal that is gone ends the program, and a write under way is still recorded",
        &[
            "terminal::signals::r18_a_terminal_that_is_gone_ends_the_program_in_every_state",
            "terminal::guard::r18_a_terminal_that_is_gone_ends_the_program",
            "runtime::session::r18_a_terminal_that_is_gone_ends_the_session_and_its_reads",
            "runtime::session::r18_a_write_outlives_a_session_that_is_dropped",
            "e2e::drafts::a_signal_loses_nothing_at_all",
        ],
    ),
    blocks(
        19,
        "after a crash what was open is looked up, and nothing that is done goes out again",
        &[
            "cli::command::killed::r1_r19_a_killed_write_is_settled_by_reading_and_never_sent_again",
            "cli::command::killed::r19_what_an_interrupted_plan_has_left_is_counted",
            "app::interrupted::r19_the_start_says_how_far_it_had_come_and_sends_nothing",
            "gate::left::r19_the_plan_comes_back_as_it_was_agreed_to_with_what_came_of_each_step",
            "gate::left::r19_what_was_found_gone_already_is_counted_as_that_after_a_restart",
            "e2e::killed::r19_killed_in_the_middle_after_it_was_applied",
            "e2e::killed::r19_invites_that_were_interrupted_go_out_once_each",
        ],
    ),
    blocks(
        20,
        "files are whole or as they were, and nothing is sent that is not in the journal",
        &[
            "cli::command::journal::r20_the_journal_is_written_before_the_request_is_sent",
            "files::r20_a_file_is_replaced_whole_and_for_its_owner_alone",
            "gate::carry::r20_what_cannot_be_recorded_is_not_sent",
            "files::r20_a_reader_finds_the_old_file_or_the_new_one_and_nothing_between",
            "cli::command::audit::r95_on_balena_the_journal_says_what_the_service_recorded",
            "cli::command::audit::r95_on_clerk_the_journal_says_what_the_service_recorded",
            "cli::command::audit::r95_on_vulos_the_journal_says_what_the_service_recorded",
        ],
    ),
    blocks(
        21,
        "a token that ends in the middle stops everything at once and loses nothing",
        &[
            "walk::bulk::r21_a_token_that_ends_in_the_middle_stops_everything_and_keeps_the_rest",
            "app::bulk::r21_a_bad_token_stops_everything_at_once_and_keeps_the_rest",
            "walk::held::r21_a_401_that_whoami_confirms_stops_everything_and_keeps_the_rest",
            "cli::command::token::many_writes_lose_none_and_repeat_none_when_the_token_ends",
            "walk::tokens::r21_a_bulk_goes_on_with_another_token_and_nothing_is_lost_or_doubled",
        ],
    ),
    blocks(
        22,
        "each row of a bulk has its own end, and only what failed goes out again",
        &[
            "walk::bulk::r22_ten_of_a_hundred_that_failed_go_out_again_and_no_others",
            "app::bulk::r22_what_is_unknown_is_never_tried_again",
            "app::bulk::only_what_failed_is_tried_again",
            "app::bulk::results_are_written_as_csv_with_the_words_of_the_service",
            "app::bulk::results_are_written_as_json_where_the_path_ends_so",
        ],
    ),
    blocks(
        23,
        "a service that asks for patience gets it, in seconds or until a date, and above two minutes a person is asked",
        &[
            "provider::http::pause::r23_a_read_waits_as_long_as_it_was_told_and_not_less",
            "provider::contract::slowed::r23_a_write_that_was_slowed_down_was_not_applied_and_tells_its_wait",
            "app::program::r23_a_pause_counts_down_once_a_second",
            "walk::held::r23_what_got_a_429_goes_out_again_when_the_wait_is_over",
            "app::bulk::r23_what_was_slowed_down_goes_out_again_after_the_wait_and_nothing_before",
            "provider::http::pause::r23_while_a_service_is_left_alone_nothing_is_sent_to_it",
            "provider::http::pause::r23_r66_a_wait_that_is_too_long_is_told_at_once",
            "job::task::patience::r23_a_slowed_step_waits_its_time_and_goes_out_again",
            "job::task::patience::r23_a_wait_that_is_too_long_is_left_to_the_person",
        ],
    ),
    blocks(
        24,
        "an unknown role or status is shown as it came and is never mapped to a known one",
        &[
            "provider::contract::strange::r24_an_unknown_role_is_shown_as_it_came_and_no_other_write_changes_it",
            "provider::contract::strange::r24_a_kind_that_nobody_has_heard_of_is_told_as_it_came",
            "domain::invite::r24_an_unknown_status_keeps_the_services_word",
            "app::roles::r24_a_role_outside_of_the_set_is_shown_as_held",
            "provider::clerk::members::r24_roles_are_the_services_own_whatever_they_are",
        ],
    ),
    blocks(
        25,
        "what is missing is unknown or empty, and what is too much changes nothing",
        &[
            "provider::contract::strange::r25_r37_r99_what_nobody_asked_for_changes_no_answer",
            "provider::contract::strange::r25_what_is_optional_may_be_missing_or_null_in_every_record",
            "provider::clerk::orgs::r25_a_bare_record_is_enough",
            "provider::balena::wire::r25_absent_is_unknown_and_null_is_empty",
            "provider::vulos::orgs::r25_what_may_be_left_out_is_empty_or_unknown_and_never_invented",
        ],
    ),
    blocks(
        26,
        "one bad record is marked and hides no other",
        &[
            "provider::contract::strange::r26_one_bad_record_hides_no_other",
            "provider::json::r26_a_value_that_cannot_be_read_marks_its_row_and_no_other",
            "provider::clerk::orgs::r26_half_a_character_spoils_its_row_alone",
        ],
    ),
    blocks(
        27,
        "what somebody else has changed is not written over without a question",
        &[
            "provider::contract::differs::r27_what_is_not_as_it_was_shown_is_shown_again_and_not_sent",
            "app::after::r27_what_somebody_has_changed_is_shown_as_it_was_and_is_and_asked_again",
            "cli::command::codes::r27_a_record_that_changed_meanwhile_is_5_with_both_values",
            "cli::command::meanwhile::r27_on_each_service_a_record_that_changed_meanwhile_is_5_with_both_values",
        ],
    ),
    blocks(
        28,
        "what is gone already is called done, and nothing is claimed that the world does not show",
        &[
            "provider::contract::gone::r28_what_is_gone_already_is_called_done",
            "gate::carry::r28_what_is_gone_already_is_a_success_without_a_request",
            "provider::balena::write::r28_a_silent_200_that_changed_nothing_is_no_success",
            "provider::balena::write::r28_what_was_gone_before_is_already_so_and_nothing_is_sent",
        ],
    ),
    blocks(
        31,
        "no link is followed where we read or write",
        &[
            "journal::file::r31_no_link_is_followed",
            "files::r31_only_plain_files_are_opened",
            "files::r31_what_is_ours_has_one_name",
            "files::r31_what_is_no_plain_file_of_one_name_is_neither_replaced_nor_removed",
            "cli::command::views::r31_a_link_is_not_followed_even_by_force",
            "config::profiles::r31_what_is_no_plain_file_is_refused_by_name",
            "cli::command::audit::r31_a_link_in_the_place_of_the_journal_is_refused_by_name",
            "cli::command::inputs::r31_no_pipe_in_the_place_of_a_file_holds_a_command_up",
        ],
    ),
    blocks(
        32,
        "files and folders are for their owner alone, whatever the umask",
        &[
            "cli::command::private::r32_everything_that_is_kept_is_for_its_owner_alone_whatever_the_umask",
            "journal::file::r32_only_the_owner_can_read_it",
            "files::r32_a_secret_is_for_its_owner_alone",
            "auth::keep::r32_a_file_that_others_can_read_or_that_leads_elsewhere_is_refused",
            "cli::command::audit::r32_the_journal_is_its_owner_s_alone_whatever_the_mask",
            "cli::canary::tour::r8_a_tour_of_the_console_on_each_service_leaves_no_trace",
        ],
    ),
    blocks(
        96,
        "the link of an invite is hidden, and kept nowhere",
        &[
            "journal::wire::r8_r96_no_secret_is_written",
            "provider::clerk::invites::r96_everything_that_is_told_is_kept_but_the_link",
            "provider::clerk::raw::r96_the_link_of_an_invite_is_masked",
            "walk::forms::r96_an_invite_is_accepted_by_its_token_which_is_told_nowhere",
            "cli::canary::r8_nothing_that_leaves_the_program_holds_a_secret",
            "cli::canary::tour::r8_a_tour_of_the_console_on_each_service_leaves_no_trace",
        ],
    ),
    blocks(
        97,
        "a 401 that only forbids keeps the token and costs one more request",
        &[
            "provider::balena::ask::r97_a_401_with_a_working_token_is_not_allowed_and_costs_one_more_request",
            "provider::balena::write::r97_a_401_with_a_working_token_is_a_refusal_and_the_token_is_kept",
            "walk::held::r97_a_401_that_whoami_does_not_confirm_is_a_no_to_one_row_and_the_others_go_on",
        ],
    ),
    blocks(
        98,
        "a change on balena without a key cannot be made",
        &["provider::balena::changes::r98_a_change_without_a_key_cannot_be_made"],
    ),
    trusted(
        33,
        "a service that is away leaves its rows on the screen, and everything else working",
        &[
            "app::orgs::r33_a_failing_profile_hides_no_other",
            "provider::http::client::r33_an_unknown_host_is_offline",
            "provider::http::read::r33_a_refused_connection_is_tried_three_times",
            "walk::conditions::what_a_service_has_told_stays_while_it_is_away_and_it_recovers_by_itself",
            "walk::conditions::one_service_that_is_away_leaves_the_others_alone",
        ],
    ),
    trusted(
        34,
        "a server that never answers is given up in time, and Esc does not wait for it",
        &[
            "provider::http::read::r34_a_silent_server_is_given_up_when_the_time_of_a_read_is_over",
            "provider::http::write::r34_an_answer_may_take_a_minute_to_begin_and_is_lost_after_that",
            "runtime::session::r34_escape_stops_reads_that_never_end",
            "walk::conditions::what_a_service_has_told_stays_while_it_is_away_and_it_recovers_by_itself",
        ],
    ),
    trusted(
        35,
        "a server that drips is given up in time",
        &[
            "provider::http::read::r35_a_body_that_stops_is_given_up_after_the_idle_time_and_asked_for_again",
            "provider::http::read::r35_a_body_that_drips_without_end_is_given_up_when_the_time_is_over",
            "provider::http::odd::r35_an_answer_that_stops_at_any_byte_is_given_up",
        ],
    ),
    trusted(
        36,
        "a cut answer is no empty list, and the rows before it stay",
        &[
            "provider::http::body::r36_a_compressed_body_that_ends_early_is_cut",
            "provider::http::body::r36_chunks_that_do_not_add_up_are_cut",
            "job::feed::reload::r36_a_reading_that_fails_or_is_stopped_takes_nothing_away",
            "cli::command::faults::r36_a_cut_answer_is_never_shown_as_an_empty_list",
        ],
    ),
    trusted(
        37,
        "what is no JSON is named with its type and beginning; JSON counts whatever it claims to be",
        &[
            "provider::json::r37_what_is_no_json_is_named_with_its_type_and_beginning",
            "provider::json::r37_a_mark_of_byte_order_and_another_type_do_not_matter",
            "provider::contract::strange::r37_another_alphabet_costs_letters_and_no_row",
            "provider::contract::strange::r25_r37_r99_what_nobody_asked_for_changes_no_answer",
            "cli::command::faults::r37_what_is_no_json_is_named_with_its_status_and_beginning",
        ],
    ),
    trusted(
        38,
        "a page of a proxy is called that, whatever its status",
        &[
            "provider::http::body::r38_a_page_is_not_the_api",
            "provider::vulos::answers::r38_a_page_of_a_proxy_is_not_the_api",
            "provider::balena::errors::r38_a_proxys_page_is_not_repeated_as_words",
            "cli::command::faults::r38_a_page_of_a_proxy_is_named_with_its_status_and_type",
            "cli::command::faults::r38_a_page_of_a_proxy_makes_no_write_done",
        ],
    ),
    trusted(
        39,
        "a bomb and an endless body stop at the limit",
        &[
            "provider::contract::bombs::r39_bombs_stop_at_the_limit",
            "provider::http::body::r39_compressed_bodies_are_counted_as_they_unfold",
            "provider::http::body::r39_an_endless_body_is_dropped_with_its_connection",
        ],
    ),
    trusted(
        40,
        "deep and endless nesting is no danger",
        &[
            "provider::json::r40_deep_and_endless_nesting_is_no_danger",
            "provider::json::r40_up_to_a_depth_of_128_a_document_is_read_and_beyond_it_one_value_is_given_up",
        ],
    ),
    trusted(
        41,
        "a hundred thousand rows hold no key up",
        &[
            "app::palette::r41_a_hundred_thousand_rows_are_looked_through_in_slices_that_hold_no_key_up",
            "app::lists::r41_a_long_list_is_not_sorted_as_a_whole_for_each_row_that_comes",
            "app::lists::a_long_list_is_arranged_beside_the_drawing_path_and_the_newest_wins",
        ],
    ),
    trusted(
        42,
        "a list that changes while it is read misses no row in silence",
        &[
            "provider::contract::shifting::r42_rows_that_go_while_a_list_is_read_are_not_missed_in_silence",
            "provider::balena::page::r42_a_page_that_does_not_begin_where_the_last_one_ended_is_torn_from_it",
            "job::feed::paging::r42_a_page_that_does_not_join_on_means_that_a_row_may_have_been_skipped",
            "job::feed::paging::r42_a_total_that_shrinks_means_that_a_row_may_have_been_skipped",
            "job::feed::paging::r42_a_row_that_moves_to_the_next_page_is_one_row",
        ],
    ),
    trusted(
        43,
        "reading ends where nothing new comes, whatever the total claims",
        &[
            "provider::contract::shifting::r43_a_list_that_lies_about_its_length_ends_and_is_not_called_whole",
            "job::feed::paging::r43_a_page_that_only_repeats_ends_the_reading_and_does_not_make_it_whole",
            "provider::clerk::pages::r43_an_empty_page_ends_the_list_whatever_the_total_says",
            "provider::clerk::pages::r43_a_total_that_lies_costs_no_more_than_one_batch",
            "provider::balena::page::r43_a_server_that_ignores_skip_ends_the_list",
        ],
    ),
    trusted(
        44,
        "ids are text from end to end, and impossible times are unknown",
        &[
            "provider::contract::ids::r44_the_id_that_came_in_is_the_id_that_goes_out",
            "provider::json::r44_an_id_of_any_size_goes_out_digit_by_digit_as_it_came_in",
            "cli::command::corpus::ids::r44_ids_of_every_list_in_every_format",
            "cli::command::corpus::ids::r44_ids_of_members_whose_details_are_asked_for_one_by_one",
            "provider::clerk::orgs::r44_times_that_cannot_be_are_not_known",
        ],
    ),
    trusted(
        45,
        "no id and no name reaches another record",
        &[
            "provider::contract::ids::r45_a_write_goes_to_the_path_of_the_contract_or_nowhere",
            "provider::contract::ids::r45_no_id_reaches_another_record_than_the_one_it_names",
            "provider::balena::changes::r45_a_quote_in_a_handle_is_doubled_and_the_rest_encoded",
            "provider::http::target::what_would_not_arrive_unchanged_is_not_sent",
        ],
    ),
    trusted(
        46,
        "a spreadsheet gets no formula, and gives back what was typed",
        &[
            "cli::command::hostile::r46_a_spreadsheet_gets_no_formula",
            "cli::command::hostile::r46_a_spreadsheet_gives_back_what_was_typed",
            "cli::command::corpus::sheets::r46_cells_of_every_table_of_a_spreadsheet_are_no_formulas_and_give_back_what_was_typed",
            "cli::command::corpus::sheets::r46_cells_between_tabs_are_no_formulas",
            "app::results::r46_results_hold_no_formulas_and_give_back_what_they_are_about",
        ],
    ),
    trusted(
        47,
        "an export writes over nothing unasked, and never half",
        &[
            "cli::command::views::r47_a_file_is_new_and_private_and_never_written_over_by_accident",
            "cli::command::views::r47_what_is_no_place_for_a_file_is_refused_and_left_as_it_is",
            "files::r47_a_new_file_is_there_whole_or_not_at_all",
            "runtime::export::r47_a_file_that_is_there_stays_until_it_was_asked",
        ],
    ),
    trusted(
        48,
        "where the journal cannot be written reads go on and every write is refused",
        &[
            "cli::command::journal::r48_without_a_journal_nothing_is_sent_and_everything_can_be_read",
            "journal::file::r48_what_cannot_be_written_is_said_with_its_place",
            "app::journal::r48_a_journal_that_cannot_be_written_is_said",
            "cli::command::audit::r48_nothing_is_sent_that_the_journal_has_no_room_for",
            "cli::command::audit::r48_every_write_is_refused_where_no_journal_can_be",
            "cli::command::journal::r48_on_a_disk_that_takes_no_byte_nothing_is_sent_and_everything_can_be_read",
            "gate::disk::r48_a_disk_that_fails_refuses_every_write_with_its_reason_and_no_read",
            "gate::disk::r48_a_disk_that_fails_after_a_request_leaves_an_end_that_is_looked_up",
        ],
    ),
    trusted(
        49,
        "two processes keep one chain of whole lines",
        &["journal::two::r49_two_processes_write_a_thousand_whole_lines_in_one_chain"],
    ),
    trusted(
        50,
        "one record is one line, whatever is in it",
        &[
            "journal::file::r50_one_record_is_one_line_whatever_is_in_it",
            "cli::command::audit::r50_a_name_forges_no_record",
            "cli::command::corpus::kept::r50_one_record_of_the_journal_is_one_line_whatever_people_are_called",
        ],
    ),
    trusted(
        51,
        "a cut last line is noticed and survived",
        &[
            "journal::file::r51_a_cut_last_line_is_kept_aside_and_survived",
            "cli::command::journal::r51_a_cut_line_is_said_once_and_the_rest_is_there",
        ],
    ),
    trusted(
        52,
        "a paste presses nothing and submits nothing, however long it is",
        &[
            "app::form::r52_pasted_line_ends_submit_nothing",
            "app::many::r52_a_megabyte_is_pasted_in_time_and_what_is_too_long_is_said",
            "app::program::r52_a_paste_into_a_list_presses_nothing",
            "app::paste::lines_and_control_characters_press_nothing",
            "app::paste::a_megabyte_is_cut_and_said_and_the_next_key_works",
        ],
    ),
    trusted(
        53,
        "nothing that was typed is lost to an error, a refusal, another size or a crash",
        &[
            "e2e::drafts::r53_a_kill_loses_nothing_that_was_typed_two_seconds_ago",
            "walk::refused::r53_what_was_typed_comes_back_with_the_services_own_words_and_at_its_field",
            "app::acts::r53_what_the_service_refuses_comes_back_with_everything_typed_and_the_error_at_its_field",
            "app::acts::r53_no_typing_panics_and_what_is_typed_survives_a_resize_and_an_error",
        ],
    ),
    trusted(
        54,
        "names that differ in what cannot be seen look different",
        &[
            "domain::text::marks::r54_names_that_differ_by_a_trick_look_different",
            "domain::text::r94_any_text_comes_out_harmless_and_stays_so",
            "domain::text::marks::r54_a_blank_at_the_end_of_a_name_is_seen",
        ],
    ),
    trusted(
        55,
        "wide, combined and joined characters leave every column straight",
        &[
            "view::sizes::r55_right_borders_are_straight_for_every_hard_name",
            "view::hostile::r55_frames_stay_straight",
            "view::corpus::r55_r58_what_stands_to_the_right_of_a_name_stays_in_its_column",
            "cli::command::corpus::sheets::r55_r58_columns_of_a_table_stay_straight",
        ],
    ),
    trusted(
        56,
        "an endless name is cut with a mark before it costs anything",
        &[
            "domain::text::r56_an_excerpt_is_cut_before_it_is_cleaned",
            "view::details::an_endless_value",
        ],
    ),
    trusted(
        57,
        "a name that looks like nothing is called blank",
        &[
            "domain::text::marks::r57_each_trick_has_its_mark",
            "view::corpus::a_name_that_looks_like_nothing_has_its_id_beside_it",
        ],
    ),
    trusted(
        58,
        "no name draws outside of its column",
        &[
            "view::sizes::r58_columns_begin_below_their_headings_for_every_hard_name",
            "view::corpus::r55_r58_what_stands_to_the_right_of_a_name_stays_in_its_column",
            "cli::command::corpus::sheets::r55_r58_columns_of_a_table_stay_straight",
            "e2e::whole::what_a_stranger_typed_draws_nothing_of_its_own",
        ],
    ),
    trusted(
        59,
        "stopping puts the terminal back, and going on takes it again",
        &[
            "terminal::signals::r59_every_state_is_there_again_after_a_stop",
            "terminal::guard::r59_stopping_restores_and_continuing_takes_the_terminal_again",
        ],
    ),
    trusted(
        60,
        "no size panics, and the smallest says so",
        &[
            "terminal::signals::r60_a_storm_of_sizes_ends_on_a_whole_screen",
            "view::sizes::r60_no_size_panics",
            "terminal::guard::r60_another_size_is_drawn_at_once_and_the_smallest_says_so",
        ],
    ),
    trusted(
        61,
        "a closed pipe, a closed input and no terminal are no accidents",
        &[
            "cli::command::pipes::r61_a_reader_that_has_enough_is_no_error",
            "cli::command::pipes::r61_a_closed_input_is_an_end",
            "cli::errors::r61_a_closed_pipe_is_no_error",
            "cli::errors::no_terminal",
        ],
    ),
    trusted(
        62,
        "exit codes are those of the table, data alone is on standard output",
        &[
            "cli::command::codes::r62_done_is_0",
            "cli::command::codes::r62_wrong_words_are_2",
            "cli::command::codes::signed_out_is_3",
            "cli::command::codes::not_found_is_4",
            "cli::command::codes::refused_is_5",
            "cli::command::codes::too_many_requests_is_6",
            "cli::command::codes::an_answer_that_cannot_be_read_is_7",
            "cli::command::codes::r62_some_profiles_that_answer_are_8",
            "cli::command::codes::r62_a_lost_answer_is_9",
        ],
    ),
    trusted(
        63,
        "a dry run shows what goes out, and sends nothing",
        &["cli::command::dry::r63_what_is_printed_is_what_goes_out"],
    ),
    trusted(
        64,
        "each address of a file is invited once, and nothing goes out while a line is wrong",
        &[
            "cli::command::invites::r64_every_line_has_a_verdict_and_nothing_is_sent_while_one_is_wrong",
            "cli::command::invites::r64_ten_thousand_lines_are_looked_at_in_one_reading",
            "cli::command::invites::each_address_is_invited_once_and_ten_go_out_at_a_time",
            "cli::command::invites::r64_each_service_has_one_invite_for_each_address_of_a_file",
        ],
    ),
    trusted(
        65,
        "a proxy is asked for a tunnel, hears no token, and never of loopback",
        &[
            "provider::http::client::r65_a_proxy_is_asked_for_a_tunnel_and_told_nothing",
            "provider::http::client::r65_a_proxy_never_hears_of_loopback",
            "config::environment::r65_proxies_are_told_without_the_passwords_in_them",
        ],
    ),
    trusted(
        66,
        "a wrong clock of ours decides nothing, and ages are those by the service's clock",
        &[
            "walk::clocks::r66_a_clock_that_is_off_changes_no_age",
            "walk::clocks::r66_what_only_our_clock_calls_over_is_open_and_can_be_revoked_and_sent_again",
            "cli::command::clock::r66_an_invite_is_over_when_the_service_s_clock_says_so",
            "cli::command::clock::r66_ages_in_a_filter_are_those_by_the_service_s_clock",
            "provider::http::report::r66_the_clock_of_a_dated_answer_is_told_and_kept",
            "provider::balena::session::r66_a_clock_that_is_a_day_off_ends_no_session",
            "provider::http::pause::r23_r66_a_wait_that_is_too_long_is_told_at_once",
        ],
    ),
    trusted(
        67,
        "the log is off until it is asked for, and names paths without what they ask",
        &[
            "cli::trace::r67_requests_are_written_down_without_what_they_ask",
            "cli::canary::r8_nothing_that_leaves_the_program_holds_a_secret",
        ],
    ),
    trusted(
        68,
        "memory is neither dumped nor read by others",
        &[
            "auth::memory::r68_memory_is_for_this_process_alone",
            "cli::sandbox::r68_the_running_program_leaves_no_core",
        ],
    ),
    trusted(
        69,
        "nothing is copied, rung or titled unasked; what is asked for is short and no secret",
        &[
            "cli::console::r69_r91_nothing_is_copied_rung_or_titled_unasked",
            "cli::console::r69_a_copy_leaves_as_what_lies_between_passes_it_on",
            "app::copy::r69_nothing_but_a_key_that_copies_gives_the_terminal_a_text",
            "app::copy::r69_a_text_that_is_too_long_is_shown_with_its_length",
        ],
    ),
    trusted(
        70,
        "no cookie is kept",
        &["provider::http::client::r70_a_request_carries_these_headers_and_no_others"],
    ),
    trusted(
        71,
        "no token stands in an address",
        &[
            "provider::contract::secrets::r8_r71_no_secret_shows_in_answers_errors_plans_news_or_journal",
        ],
    ),
    trusted(
        72,
        "each token goes to its own origin alone",
        &["cli::command::origins::r72_each_service_hears_its_own_token_and_no_other"],
    ),
    trusted(
        73,
        "traffic is bounded, and nothing is asked while nobody looks",
        &[
            "provider::http::read::r73_reads_wait_for_room_and_pages_have_more_of_it",
            "job::task::r73_four_go_out_at_once_and_each_end_makes_room",
            "app::lists::r73_pages_are_bounded_and_visible_rows_come_first",
            "app::program::r73_nothing_is_woken_when_nothing_happens",
            "walk::conditions::r73_five_idle_minutes_cost_few_requests_and_never_many_at_once",
        ],
    ),
    trusted(
        74,
        "a logo is checked by size and by what it is, never decoded, and nothing hangs",
        &[
            "runtime::picture::r74_what_is_no_plain_file_is_refused_at_once",
            "runtime::picture::r74_the_largest_is_taken_and_one_byte_more_is_not",
            "runtime::picture::r74_a_picture_is_never_unfolded",
            "domain::image::r74_what_is_no_image_is_refused",
            "cli::command::inputs::r74_no_logo_goes_out_that_is_none_or_too_large_and_nothing_hangs",
            "cli::command::inputs::r74_a_picture_of_many_points_goes_out_as_it_is",
        ],
    ),
    trusted(
        75,
        "who would be the last administrator, or oneself, is warned of",
        &[
            "gate::guard::bulk::r75_administrators_are_counted_after_all_removals",
            "gate::guard::bulk::r75_our_own_membership_comes_last_and_is_asked_for_by_name",
            "gate::guard::balena::what_is_found_on_balena",
            "gate::guard::clerk::what_is_found_on_clerk",
            "gate::guard::vulos::what_is_found_on_vulos",
        ],
    ),
    trusted(
        76,
        "a change of roles that stops half way leaves nobody without one, and says so",
        &[
            "provider::vulos::roles::r76_new_roles_are_given_before_old_ones_are_taken",
            "provider::vulos::roles::r76_a_change_that_stops_half_way_shows_which_half_is_done",
            "provider::vulos::roles::r76_a_refused_give_takes_nothing",
        ],
    ),
    trusted(
        77,
        "a success that says no is a refusal",
        &[
            "provider::vulos::invites::r77_a_success_that_says_no_is_refused_with_its_message",
            "provider::vulos::answers::r77_a_read_that_says_no_in_a_success_is_refused",
            "cli::command::faults::r77_a_success_that_says_no_is_no_success",
        ],
    ),
    trusted(
        85,
        "every dependency is locked to the bytes of the registry, and builds keep to the lock",
        &["architecture::supply::r85_every_dependency_is_locked_to_its_bytes"],
    ),
    trusted(
        99,
        "of a person's record only what is shown is asked for, and the rest is dropped",
        &[
            "provider::balena::members::r99_the_list_is_one_call_and_never_asks_for_a_whole_user",
            "provider::clerk::orgs::r99_private_metadata_is_not_in_the_organization",
            "provider::balena::raw::r99_secrets_in_any_depth_are_masked",
            "provider::contract::strange::r25_r37_r99_what_nobody_asked_for_changes_no_answer",
        ],
    ),
    trusted(
        100,
        "an address that a record holds is asked for its image alone, without a token, on a public machine",
        &[
            "provider::contract::links::r100_reading_asks_nothing_of_the_addresses_in_its_answers",
            "provider::http::picture::r100_an_image_is_fetched_without_a_token_and_told_without_its_signature",
            "provider::http::picture::r100_a_redirect_is_not_followed",
            "provider::http::picture::r100_no_machine_of_a_private_network_is_asked",
            "provider::http::target::what_would_not_arrive_unchanged_is_not_sent",
        ],
    ),
    trusted(
        101,
        "a session is exchanged before it ends, and a failure keeps the old one",
        &[
            "provider::balena::session::r101_an_old_session_is_exchanged_before_use_and_once",
            "provider::balena::session::r101_a_failed_exchange_keeps_the_old_session",
        ],
    ),
    trusted(
        102,
        "the rule of the last administrator is told before, and in the service's words",
        &[
            "cli::command::codes::r102_the_last_administrator_stays_whatever_the_order",
            "provider::balena::errors::r102_the_last_administrator_is_kept_in_the_servers_words",
            "walk::refused::r53_what_was_typed_comes_back_with_the_services_own_words_and_at_its_field",
        ],
    ),
    polish(
        86,
        "what a server sends too much is in no other answer",
        &[
            "provider::http::body::r86_answers_do_not_bleed_into_each_other",
            "provider::contract::bombs::r86_after_a_bomb_the_next_answer_is_the_right_one",
            "provider::http::odd::r86_what_is_no_answer_is_an_error_and_the_next_one_is_the_right_one",
        ],
    ),
    polish(
        87,
        "a kept connection that has ended costs a read nothing, and no write travels on one",
        &[
            "provider::http::client::r87_a_kept_connection_that_has_ended_is_replaced",
            "provider::http::client::r87_reads_share_a_connection_and_writes_never_do",
        ],
    ),
    polish(
        88,
        "what is kept of names is nothing where it is no list of names",
        &["cache::names::r88_what_is_no_list_of_names_is_nothing_and_is_replaced"],
    ),
    polish(
        89,
        "a configuration that cannot be used stops what needs it alone",
        &[
            "cli::config::r89_a_file_that_cannot_be_used_stops_what_needs_it_alone_and_stays_as_it_is",
            "config::file::every_mistake_has_its_place_and_what_would_be_right",
        ],
    ),
    polish(
        90,
        "an undo is promised where there is one",
        &["cli::command::undo::r90_what_cannot_be_taken_back_is_said_and_nothing_is_sent"],
    ),
    polish(
        91,
        "no bell, no title and no message of its own",
        &["cli::console::r69_r91_nothing_is_copied_rung_or_titled_unasked"],
    ),
    polish(
        94,
        "whatever text comes in, what comes out is harmless and stays so",
        &["domain::text::r94_any_text_comes_out_harmless_and_stays_so"],
    ),
    polish(
        95,
        "the journal says what the service has recorded",
        &[
            "cli::command::audit::r95_on_balena_the_journal_says_what_the_service_recorded",
            "cli::command::audit::r95_on_clerk_the_journal_says_what_the_service_recorded",
            "cli::command::audit::r95_on_vulos_the_journal_says_what_the_service_recorded",
            "cli::command::audit::r95_the_principal_is_the_service_s_own_word_or_unknown",
        ],
    ),
];
