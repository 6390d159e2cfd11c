import { verdicts } from './verdicts';

const template = (equals: string) => `
Conditions: { Here: !Equals [${equals}] }
Resources:
  Copy:
    Type: AWS::SNS::Subscription
    Condition: Here
    Properties: { TopicArn: arn:aws:sns:us-east-1:111122223333:t, Protocol: sqs, Endpoint: q }
`;
const FOUND = ['block place-outside Copy/Properties/TopicArn'];

test('a resource that is never made in the deploy Region is not judged', () => {
  expect(verdicts(template('!Ref AWS::Region, us-east-1'))).toEqual([]);
  expect(verdicts(template('!Ref AWS::Region, eu-central-1'))).toEqual(FOUND);
});

test('one that whoever deploys may ask for is judged', () => {
  expect(verdicts(`Parameters: { Give: { Type: String, Default: "no" } }${template('!Ref Give, "yes"')}`)).toEqual(
    FOUND,
  );
});
