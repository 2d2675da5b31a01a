import { describe, expect, test } from "vitest";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { aSendMessage, parsed } from "../support/builders.ts";

const sentenceFor = (written: unknown) => {
  const result = parseSendMessage(JSON.stringify(written));
  if (result.kind === "good") throw new Error("expected a malformed message");
  return result.reason.sentence;
};

describe("content", () => {
  test("may carry raw content, a template or attachments", () => {
    const contents = [
      { Raw: { Data: Buffer.from("From: news@example.com\r\n\r\nHi").toString("base64") } },
      { Template: { TemplateContent: { Subject: "Hi", Text: "Hi {{name}}" }, TemplateData: "{}" } },
      { Template: { TemplateArn: "arn:aws:ses:eu-west-1:111122223333:template/receipt" } },
      { Template: { TemplateName: "receipt", TemplateData: '{"name":"Ann"}' } },
      {
        Simple: {
          Subject: { Data: "Hi", Charset: "UTF-8" },
          Body: { Html: { Data: "<p>Hi</p>" } },
          Attachments: [{ RawContent: "SGk=", FileName: "a.txt" }],
        },
      },
    ];
    for (const Content of contents) {
      expect(parsed(aSendMessage({ email: { Content } })).email.Content).toMatchObject(Content);
    }
  });

  test("takes text without HTML, and HTML without text", () => {
    for (const Body of [{ Text: { Data: "Hi" } }, { Html: { Data: "Hi" }, Text: { Data: "" } }]) {
      const Content = { Simple: { Subject: { Data: "" }, Body } };
      expect(parsed(aSendMessage({ email: { Content } })).email.Content).toEqual(Content);
    }
  });

  test("takes line breaks in the body of the mail", () => {
    const Content = { Simple: { Subject: { Data: "Hi" }, Body: { Text: { Data: "one\r\ntwo\n\tthree" } } } };
    expect(parsed(aSendMessage({ email: { Content } })).email.Content).toEqual(Content);
  });
});

describe("content is refused, with what to do:", () => {
  test("two kinds of content", () => {
    const Data = Buffer.from("From: news@example.com\r\n\r\nHi").toString("base64");
    const Content = { Raw: { Data }, Template: { TemplateName: "receipt" } };
    expect(sentenceFor(aSendMessage({ email: { Content } }))).toMatch(
      /expected exactly one of Simple, Raw and Template/,
    );
  });

  test.each([
    ["none", {}],
    ["name and content", { TemplateName: "receipt", TemplateContent: { Text: "Hi" } }],
    ["name and ARN", { TemplateName: "receipt", TemplateArn: "arn:aws:ses:eu-west-1:111122223333:template/receipt" }],
  ])("not one kind of template: %s", (_, Template) => {
    expect(sentenceFor(aSendMessage({ email: { Content: { Template } } }))).toMatch(
      /Content\.Template: expected exactly one of TemplateName, TemplateArn and TemplateContent/,
    );
  });

  test.each(["", "secret", "[]", '["secret"]', "null", "1", '\ufeff{"a":1}', "{'a':1}", '{"a":1'])(
    "template data that is no JSON object: %j",
    (TemplateData) => {
      const Content = { Template: { TemplateName: "receipt", TemplateData } };
      const sentence = sentenceFor(aSendMessage({ email: { Content } }));
      expect(sentence).toMatch(/TemplateData: is not the JSON text of an object: expected such as \{"name":"Ann"\}/);
      expect(sentence).not.toContain("secret");
    },
  );

  test("template data that is an object and not its JSON text", () => {
    const Content = { Template: { TemplateName: "receipt", TemplateData: { name: "Ann" } } };
    expect(sentenceFor(aSendMessage({ email: { Content } }))).toMatch(
      /TemplateData: is of another kind: expected text/,
    );
  });

  test.each([{}, { Text: { Data: "" } }, { Text: { Data: "" }, Html: { Data: "" } }, { Html: null }])(
    "a body that says nothing: %j",
    (Body) => {
      const Content = { Simple: { Subject: { Data: "Hi" }, Body } };
      expect(sentenceFor(aSendMessage({ email: { Content } }))).toMatch(
        /Simple\.Body: says nothing: expected Text or Html with Data that is not empty/,
      );
    },
  );

  test("a template's content that says nothing", () => {
    const Content = { Template: { TemplateContent: { Subject: "Hi", Text: "" } } };
    expect(sentenceFor(aSendMessage({ email: { Content } }))).toMatch(
      /TemplateContent: says nothing: expected Text or Html/,
    );
  });

  test.each([
    ["From", "FromEmailAddress"],
    ["sender", "FromEmailAddress"],
    ["RETURN-PATH", "FeedbackForwardingEmailAddress"],
    ["bcc", "Destination.BccAddresses"],
    ["To", "Destination.ToAddresses"],
    ["Reply-To", "ReplyToAddresses"],
    ["X-Ses-Message-Tags", "EmailTags"],
    ["X-SES-TENANT", "TenantName"],
    ["X-SES-LIST-MANAGEMENT-OPTIONS", "ListManagementOptions"],
  ])("a header %s, which has a field of the request", (Name, field) => {
    const Headers = [{ Name, Value: "eve@evil.example" }];
    const Content = { Simple: { Subject: { Data: "Hi" }, Body: { Text: { Data: "Hi" } }, Headers } };
    const sentence = sentenceFor(aSendMessage({ email: { Content } }));
    expect(sentence).toContain(`Headers.0.Name: is not for Headers: write it as ${field} of the request and remove`);
    expect(sentence).not.toContain("evil");
  });

  test.each([
    "X-SES-CONFIGURATION-SET",
    "x-ses-new",
    "Resent-From",
    "Content-Type",
    "Date",
    "Message-ID",
    "MIME-Version",
  ])("a header %s, which is not the application's", (Name) => {
    const Content = { Template: { TemplateName: "receipt", Headers: [{ Name, Value: "1" }] } };
    expect(sentenceFor(aSendMessage({ email: { Content } }))).toMatch(/is not for Headers: .*remove the header/);
  });

  test("a header's value that is not ASCII, or with its name over 996 characters", () => {
    const withValue = (Value: string) => {
      const Headers = [{ Name: "X-Ref", Value }];
      return aSendMessage({ email: { Content: { Template: { TemplateName: "receipt", Headers } } } });
    };
    expect(sentenceFor(withValue("Grüße"))).toMatch(/not printable ASCII: write other characters as RFC 2047/);
    expect(sentenceFor(withValue("x".repeat(992)))).toMatch(/longer than 996 characters/);
    expect(parsed(withValue("x".repeat(991))).email.Content.Template?.Headers).toHaveLength(1);
  });
});
