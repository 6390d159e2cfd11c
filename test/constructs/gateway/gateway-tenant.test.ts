import { Duration, Token } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { GatewayTenant } from '@/lib/constructs/gateway/gateway-tenant';
import { KeyRegistry } from '@/lib/constructs/gateway/key-registry';
import type { Project } from '@/lib/constructs/gateway/project';
import { stackIn } from '../../support/in-region';
import { membersIn, scienceIn } from '../../support/members';

const registry = new KeyRegistry(stackIn('eu-central-1'), 'Keys', { boundary: ResidencyBoundary.eu() });
const projects = (...ids: string[]) => GatewayTenant.projects(registry, ...ids.map((id) => ({ id })));

test('a workspace may store content', () => {
  expect(scienceIn(stackIn('eu-central-1')).keepsContent).toBe(true);
});

test('projects must not store content', () => {
  expect(projects('helpdesk-bot', 'search').keepsContent).toBe(false);
});

test.each([
  ['no project', [], "at least one project, and each once, got ''"],
  ['a project twice', ['a', 'a'], "each once, got 'a, a'"],
  [
    'upper case',
    ['Bot'],
    "at most 63 lower-case letters, digits and inner hyphens because names and tags contain it, got 'Bot'; rename the project",
  ],
  ['a token', ['${Token[TOKEN.1]}'], "got '${Token[TOKEN.1]}'"],
  ['a hyphen at the end', ['bot-'], "got 'bot-'"],
])('%s is refused', (_, ids, message) => {
  expect(() => projects(...ids)).toThrow(message);
});

test.each<[string, Partial<Project>]>([
  ["'requestsPerMinute' must be a positive whole number that is known at synthesis, got 0", { requestsPerMinute: 0 }],
  ["'tokensPerDay' must be a positive whole number that is known at synthesis, got 0.5", { tokensPerDay: 0.5 }],
  ["'tokensPerDay' must be a positive whole number", { tokensPerDay: Number.POSITIVE_INFINITY }],
  ["'tokensPerDay' must be a positive whole number", { tokensPerDay: Token.asNumber({ Ref: 'Limit' }) }],
])('a limit is refused: %s', (message, limits) => {
  expect(() => GatewayTenant.projects(registry, { id: 'bot', ...limits })).toThrow(`project 'bot': ${message}`);
});

test.each([Duration.days(181), Duration.hours(36), Duration.minutes(1)])(
  "a period of %s for members' keys is refused",
  (signInWithin) => {
    const members = membersIn(stackIn('eu-central-1'));
    expect(() => GatewayTenant.workspace('sciences', members, {}, [], { signInWithin })).toThrow(
      "workspace 'sciences': 'signInWithin' must be a whole number of days from 1 to 180",
    );
  },
);
