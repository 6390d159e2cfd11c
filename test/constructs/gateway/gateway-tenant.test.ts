import { Token } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { GatewayTenant } from '@/lib/constructs/gateway/gateway-tenant';
import { KeyRegistry } from '@/lib/constructs/gateway/key-registry';
import type { Project } from '@/lib/constructs/gateway/project';
import { stackIn } from '../../support/in-region';
import { scienceIn } from '../../support/members';

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
