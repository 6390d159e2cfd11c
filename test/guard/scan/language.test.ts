import { languageOf } from '@/lib/guard/scan/language';
import { Resource } from '@/lib/guard/template/resource';

const languageIn = (type: string, Properties: object, path: string, text = '') =>
  languageOf(new Resource('A', type, { Type: type, Properties }, { template: {} }), `/Properties/${path}`, text);
const either = (one: string, other: string) => ({ 'Fn::If': ['Unknown', one, other] });

test.each<[string, object, string, string | undefined]>([
  ['AWS::AppSync::FunctionConfiguration', {}, 'Code', 'javascript'],
  ['AWS::AppSync::Resolver', {}, 'Code', 'javascript'],
  ['AWS::AppSync::Resolver', {}, 'RequestMappingTemplate', undefined],
  ['AWS::CloudFront::Function', {}, 'FunctionCode', 'javascript'],
  ['AWS::CodeBuild::Project', {}, 'Source/BuildSpec', 'yaml'],
  ['AWS::Lambda::Function', { Runtime: 'nodejs22.x' }, 'Code/ZipFile', 'javascript'],
  ['AWS::Lambda::Function', { Runtime: 'python3.13' }, 'Code/ZipFile', 'python'],
  ['AWS::Lambda::Function', { Runtime: 'ruby3.4' }, 'Code/ZipFile', undefined],
  ['AWS::Lambda::Function', { Runtime: either('python3.13', 'python3.14') }, 'Code/ZipFile', 'python'],
  ['AWS::Lambda::Function', { Runtime: either('python3.13', 'nodejs22.x') }, 'Code/ZipFile', undefined],
  ['AWS::Lambda::Function', { Runtime: { Ref: 'Open' } }, 'Code/ZipFile', undefined],
  ['AWS::Lambda::Function', {}, 'Code/ZipFile', undefined],
  ['AWS::Synthetics::Canary', { RuntimeVersion: 'syn-nodejs-puppeteer-9.1' }, 'Code/Script', 'javascript'],
  ['AWS::Synthetics::Canary', { RuntimeVersion: 'syn-python-selenium-4.1' }, 'Code/Script', 'python'],
])('%s with %j has the language of %s', (type, properties, path, language) => {
  expect(languageIn(type, properties, path)).toBe(language);
});

test.each([
  ['#!/bin/bash\n', 'shell'],
  ['#!/bin/sh -e\n', 'shell'],
  ['#! /usr/bin/env bash\n', 'shell'],
  ['#!/bin/dash\n', 'shell'],
  ['#!/bin/zsh\n', undefined],
  ['#!/usr/bin/python3\n', 'python'],
  ['#!/usr/bin/env python\n', 'python'],
  ['#cloud-config\n', 'yaml'],
  ['#cloud-configuration\n', undefined],
  ['\n#!/bin/bash\n', undefined],
])('a script that begins with %j is one of %s', (text, language) => {
  expect(languageIn('AWS::EC2::Instance', {}, 'UserData', text)).toBe(language);
});
