import type { Finding } from '../finding';

/** The version that a rule came with. Those that aren't listed are in 0.1.0. */
const SINCE: Readonly<Record<string, string>> = {
  'agentcore-inference': '0.2.0',
  'contact-distribution': '0.2.0',
  'egress-differs': '0.2.0',
  'finding-aggregation': '0.2.0',
  'partition-service': '0.2.0',
  'permissions-boundary': '0.2.0',
  'user-groups': '0.2.0',
};

/**
 * New rules, with the minor version from which they block; until then, their findings are information. The bundle of the hook
 * doesn't contain them, so a deployment isn't refused earlier than a synth. A rule that fixes a vulnerability isn't listed.
 */
export const ANNOUNCED: Readonly<Record<string, string>> = {};

/** The version that a rule came with. */
export const sinceOf = (rule: string): string => SINCE[rule] ?? '0.1.0';

/** Findings of announced rules as information, after all declarations: an exception for one is used already. */
export const withAnnounced = (findings: readonly Finding[], announced = ANNOUNCED): readonly Finding[] =>
  findings.map((finding) => {
    const version = announced[finding.rule];
    if (version === undefined) return finding;
    return {
      ...finding,
      level: 'info',
      message: `${finding.message} From version ${version} on, this finding blocks.`,
    };
  });
