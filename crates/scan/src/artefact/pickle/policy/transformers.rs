//! Transformers and its kin: the settings of a training run, as `training_args.bin` has them, and of a generation.

use super::{Arguments, CONSTANT, OBJECT, Row, Use, row};

/// A member of an enumeration, by its value.
const MEMBER: Use = Use { call: Some(Arguments::Literal), ..CONSTANT };
/// It looks attributes up in its own way.
const LOOKUP: Use = Use { bag: true, ..OBJECT };
/// Why settings are harmless.
const SETTINGS: &str = "settings: what they say is done by a trainer that is made with them, not where they are loaded";

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("accelerate.state", LOOKUP, &["AcceleratorState", "PartialState"], "where a run stood: its attributes are not those of the process that loads it"),
    row("accelerate.utils.dataclasses", MEMBER, &["AORecipe", "ComputeEnvironment", "DistributedType", "DynamoBackend", "FP8BackendType", "LoggerType", "PrecisionType", "RNGType", "SageMakerDistributedType"], "an enumeration"),
    row("sentence_transformers.base.training_args", OBJECT, &["BaseTrainingArguments"], SETTINGS),
    row("sentence_transformers.base.sampler", MEMBER, &["BatchSamplers", "MultiDatasetBatchSamplers"], "an enumeration"),
    row("sentence_transformers.cross_encoder.training_args", OBJECT, &["CrossEncoderTrainingArguments"], SETTINGS),
    row("sentence_transformers.sentence_transformer.training_args", OBJECT, &["SentenceTransformerTrainingArguments"], SETTINGS),
    row("sentence_transformers.sparse_encoder.training_args", OBJECT, &["SparseEncoderTrainingArguments"], SETTINGS),
    row("sentence_transformers.training_args", OBJECT, &["SentenceTransformerTrainingArguments"], SETTINGS),
    row("sentence_transformers.training_args", MEMBER, &["BatchSamplers", "MultiDatasetBatchSamplers"], "an enumeration"),
    row("transformers.generation.configuration_utils", OBJECT, &["GenerationConfig"], SETTINGS),
    row("transformers.trainer_pt_utils", OBJECT, &["AcceleratorConfig"], SETTINGS),
    row("transformers.trainer_utils", MEMBER, &["EvaluationStrategy", "FSDPOption", "HubStrategy", "IntervalStrategy", "SaveStrategy", "SchedulerType", "ShardedDDPOption"], "an enumeration"),
    row("transformers.training_args", OBJECT, &["TrainingArguments"], SETTINGS),
    row("transformers.training_args", MEMBER, &["OptimizerNames", "ParallelMode"], "an enumeration"),
    row("transformers.training_args_seq2seq", OBJECT, &["Seq2SeqTrainingArguments"], SETTINGS),
    row("trl.trainer.cpo_config", OBJECT, &["CPOConfig"], SETTINGS),
    row("trl.trainer.dpo_config", OBJECT, &["DPOConfig"], SETTINGS),
    row("trl.trainer.dpo_config", MEMBER, &["FDivergenceType"], "an enumeration"),
    row("trl.trainer.gkd_config", OBJECT, &["GKDConfig"], SETTINGS),
    row("trl.trainer.grpo_config", OBJECT, &["GRPOConfig"], SETTINGS),
    row("trl.trainer.kto_config", OBJECT, &["KTOConfig"], SETTINGS),
    row("trl.trainer.online_dpo_config", OBJECT, &["OnlineDPOConfig"], SETTINGS),
    row("trl.trainer.orpo_config", OBJECT, &["ORPOConfig"], SETTINGS),
    row("trl.trainer.ppo_config", OBJECT, &["PPOConfig"], SETTINGS),
    row("trl.trainer.reward_config", OBJECT, &["RewardConfig"], SETTINGS),
    row("trl.trainer.rloo_config", OBJECT, &["RLOOConfig"], SETTINGS),
    row("trl.trainer.sft_config", OBJECT, &["SFTConfig"], SETTINGS),
];
