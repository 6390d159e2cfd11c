import { roleForRights } from '@/lib/runtime/rights/api/own-path';

const OWN = '/admin/v1/rights/own';

test.each([
  ['GET', `${OWN}/jobs`, 'none'],
  ['DELETE', `${OWN}/jobs`, 'none'],
  ['GET', `${OWN}/jobs/erase_1`, 'none'],
  ['DELETE', `${OWN}/jobs/erase_1`, 'none'],
  ['POST', `${OWN}/jobs`, 'any'],
  ['POST', `${OWN}/jobs/erase_1`, 'any'],
  ['GET', `${OWN}/jobsx`, 'any'],
  ['POST', `${OWN}/erasures`, 'any'],
  ['GET', `${OWN}/erasures`, 'any'],
  ['GET', OWN, 'admin'],
  ['GET', '/admin/v1/rights/jobs', 'admin'],
  ['DELETE', '/admin/v1/rights/jobs/erase_1', 'admin'],
  ['POST', '/admin/v1/rights/ownerasures', 'admin'],
])('%s %s requires the role %s', (method, path, role) => {
  expect(roleForRights(path, method)).toBe(role);
});
