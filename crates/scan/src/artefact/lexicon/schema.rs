//! Messages of SentencePiece.

use crate::container::protobuf::{
    Kind::{Fixed32, Message, Number, Payload, Text},
    Schema, many, message, one,
};

#[rustfmt::skip]
pub(super) static MODEL: Schema = message("ModelProto", &[
    many(1, "pieces", Message(&PIECE)), one(2, "trainer_spec", Message(&TRAINER)), one(3, "normalizer_spec", Message(&NORMALIZER)),
    one(4, "self_test_data", Message(&SELF_TEST)), one(5, "denormalizer_spec", Message(&NORMALIZER)),
]);
#[rustfmt::skip]
static PIECE: Schema = message("SentencePiece", &[one(1, "piece", Text), one(2, "score", Fixed32), one(3, "type", Number)]);
#[rustfmt::skip]
static NORMALIZER: Schema = message("NormalizerSpec", &[
    one(1, "name", Text), one(2, "precompiled_charsmap", Payload), one(3, "add_dummy_prefix", Number), one(4, "remove_extra_whitespaces", Number),
    one(5, "escape_whitespaces", Number), one(6, "normalization_rule_tsv", Text),
]);
#[rustfmt::skip]
static SELF_TEST: Schema = message("SelfTestData", &[many(1, "samples", Message(&SAMPLE))]);
#[rustfmt::skip]
static SAMPLE: Schema = message("Sample", &[one(1, "input", Text), one(2, "expected", Text)]);
#[rustfmt::skip]
static TRAINER: Schema = message("TrainerSpec", &[
    many(1, "input", Text), one(2, "model_prefix", Text), one(3, "model_type", Number), one(4, "vocab_size", Number), many(5, "accept_language", Text),
    one(6, "self_test_sample_size", Number), one(7, "input_format", Text), one(10, "character_coverage", Fixed32), one(11, "input_sentence_size", Number),
    one(12, "mining_sentence_size", Number), one(13, "training_sentence_size", Number), one(14, "seed_sentencepiece_size", Number),
    one(15, "shrinking_factor", Fixed32), one(16, "num_threads", Number), one(17, "num_sub_iterations", Number), one(18, "max_sentence_length", Number),
    one(19, "shuffle_input_sentence", Number), one(20, "max_sentencepiece_length", Number), one(21, "split_by_unicode_script", Number),
    one(22, "split_by_whitespace", Number), one(23, "split_by_number", Number), one(24, "treat_whitespace_as_suffix", Number), one(25, "split_digits", Number),
    one(26, "allow_whitespace_only_pieces", Number), many(30, "control_symbols", Text), many(31, "user_defined_symbols", Text),
    one(32, "vocabulary_output_piece_score", Number), one(33, "hard_vocab_limit", Number), one(34, "use_all_vocab", Number), one(35, "byte_fallback", Number),
    one(36, "required_chars", Text), one(40, "unk_id", Number), one(41, "bos_id", Number), one(42, "eos_id", Number), one(43, "pad_id", Number),
    one(44, "unk_surface", Text), one(45, "unk_piece", Text), one(46, "bos_piece", Text), one(47, "eos_piece", Text), one(48, "pad_piece", Text),
    one(49, "train_extremely_large_corpus", Number), one(50, "enable_differential_privacy", Number), one(51, "differential_privacy_noise_level", Fixed32),
    one(52, "differential_privacy_clipping_threshold", Number), one(53, "pretokenization_delimiter", Text), one(54, "seed_sentencepieces_file", Text),
]);
