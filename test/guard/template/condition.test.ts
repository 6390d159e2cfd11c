import { decidedCondition, neededParameter } from '@/lib/guard/template/condition';

const equals = (...sides: unknown[]) => ({ 'Fn::Equals': sides });
const not = (part: unknown) => ({ 'Fn::Not': [part] });
const and = (...parts: unknown[]) => ({ 'Fn::And': parts });
const or = (...parts: unknown[]) => ({ 'Fn::Or': parts });
const named = (Condition: string) => ({ Condition });
const ref = (Ref: string) => ({ Ref });

const HERE = equals(ref('AWS::Region'), 'eu-central-1');
const THERE = equals('us-east-1', ref('AWS::Region'));
const OPEN = equals(ref('Open'), 'yes');
const SET = not(equals(ref('Open'), ''));

const scopeOf = (condition: unknown, deployRegion?: string) => ({
  template: { Conditions: { Asked: condition, Here: HERE, Set: SET, Cycle: named('Cycle') } },
  deployRegion,
});

test.each<[string, unknown, boolean | undefined]>([
  ['a condition that is missing', undefined, undefined],
  ['a text', 'Here', undefined],
  ['an empty map', {}, undefined],
  ['two functions', { ...HERE, ...not(HERE) }, undefined],
  ['a function without a list', { 'Fn::Not': HERE }, undefined],
  ['the Region', HERE, true],
  ['another Region', THERE, false],
  ['the partition', equals(ref('AWS::Partition'), 'aws'), true],
  ['another partition', equals(ref('AWS::Partition'), 'aws-cn'), false],
  ['two texts', equals('a', 'a'), true],
  ['another value of the deployment', equals(ref('AWS::AccountId'), '1'), undefined],
  ['a parameter', OPEN, undefined],
  ['a number', equals(1, 1), undefined],
  ['not', not(HERE), false],
  ['not of what is false', not(THERE), true],
  ['not of a parameter', not(OPEN), undefined],
  ['and', and(HERE, not(THERE)), true],
  ['and, one of which is false', and(OPEN, THERE), false],
  ['and, one of which is a parameter', and(HERE, OPEN), undefined],
  ['or', or(THERE, THERE), false],
  ['or, one of which is true', or(OPEN, HERE), true],
  ['or, one of which is a parameter', or(THERE, OPEN), undefined],
  ['another condition', named('Here'), true],
  ['a cycle', named('Cycle'), undefined],
  ['an unknown function', { 'Fn::Contains': [['a'], 'a'] }, undefined],
])('%s is decided', (_, condition, outcome) => {
  expect(decidedCondition('Asked', scopeOf(condition, 'eu-central-1'))).toBe(outcome);
});

test('nothing about a Region is decided without one', () => {
  expect(decidedCondition('Asked', scopeOf(HERE))).toBeUndefined();
  expect(decidedCondition('Asked', scopeOf(equals(ref('AWS::Partition'), 'aws')))).toBeUndefined();
  expect(decidedCondition('Asked', scopeOf(equals('a', 'b')))).toBe(false);
});

test.each<[string, unknown, boolean, string | undefined]>([
  ['a condition that is missing', undefined, true, undefined],
  ['a text', 'Set', true, undefined],
  ['a parameter that is not empty', SET, true, 'Open'],
  ['the empty text first', not(equals('', ref('Open'))), true, 'Open'],
  ['an empty parameter', equals(ref('Open'), ''), true, undefined],
  ['what an empty parameter excludes', equals(ref('Open'), ''), false, 'Open'],
  ['another text', not(OPEN), true, undefined],
  ['a text that a parameter is part of', not(equals({ 'Fn::Sub': '${Open}' }, '')), true, undefined],
  ['two keys', { ...SET, ...OPEN }, true, undefined],
  ['and', and(OPEN, SET), true, 'Open'],
  ['the opposite of and', and(SET, SET), false, undefined],
  ['or', or(SET, OPEN), true, undefined],
  ['the opposite of or', not(or(OPEN, equals(ref('Open'), ''))), true, 'Open'],
  ['another condition', named('Set'), true, 'Open'],
  ['a cycle', named('Cycle'), true, undefined],
])('%s needs a parameter', (_, condition, outcome, parameter) => {
  expect(neededParameter('Asked', outcome, scopeOf(condition))).toBe(parameter);
});
