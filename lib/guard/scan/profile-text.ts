import { MODELS } from '../../facts/generated/models';
import { PROFILE_PREFIXES } from '../../facts/generated/profile-prefixes';
import { PROFILES } from '../../facts/generated/profiles';
import { alternatives } from './pattern';

/** Vendors whose models Bedrock serves or has announced, in addition to those in the facts. */
const OTHER_VENDORS = ['ai21', 'deepseek', 'luma', 'meta', 'mistral', 'moonshot', 'qwen', 'stability', 'writer', 'xai'];
const vendorOf = (modelId: string) => modelId.slice(0, modelId.indexOf('.'));
const VENDORS = alternatives([
  ...MODELS.map(({ maker }) => maker),
  ...PROFILES.flatMap((profile) => (profile.modelId === null ? [] : [vendorOf(profile.modelId)])),
  ...OTHER_VENDORS,
]);

const PREFIXES = alternatives(PROFILE_PREFIXES);
const REST = '\\.[A-Za-z0-9][A-Za-z0-9:-]*(?:\\.[0-9][A-Za-z0-9:-]*)*';
const OTHER_KINDS = `(?:${PREFIXES})\\.(?:guardrail\\.v\\d+:\\d+|data-automation-v\\d+)`;
const START = '(?<![A-Za-z0-9.-])';
const END = '(?![A-Za-z0-9-]|\\.[A-Za-z])';

/** Profiles in any text: `us.billing.v2` is an event's name, so the second label must be a model vendor. */
export const PROFILE = new RegExp(
  `${START}(?:(?:${PREFIXES}|[a-z]{2,6})\\.(?:${VENDORS})${REST}|${OTHER_KINDS})${END}`,
  'g',
);

/** Profiles in a property that holds models: any vendor after a known geography. */
export const ANY_PROFILE = new RegExp(
  `${START}(?:(?:${PREFIXES})\\.[a-z0-9]+${REST}|[a-z]{2,6}\\.(?:${VENDORS})${REST}|${OTHER_KINDS})${END}`,
  'g',
);

/** A model id has a version, which a host name lacks. */
export const isModelId = (id: string) => /\d/.test(id.slice(id.indexOf('.') + 1)) && /[-:]/.test(id);
