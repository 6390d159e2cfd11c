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

test("a resource that is never created in the deploy Region isn't checked", () => {
  expect(verdicts(template('!Ref AWS::Region, us-east-1'))).toEqual([]);
  expect(verdicts(template('!Ref AWS::Region, eu-central-1'))).toEqual(FOUND);
});

test("a resource that a deployment's parameter may create is checked", () => {
  expect(verdicts(`Parameters: { Give: { Type: String, Default: "no" } }${template('!Ref Give, "yes"')}`)).toEqual(
    FOUND,
  );
});
