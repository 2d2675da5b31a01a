import * as z from "zod";
import type { SesContext } from "../context.ts";
import type { ListManagementOptions } from "../message/send-request.ts";
import { control, type Operation } from "../operation.ts";
import { ofMessage } from "../refusals.ts";
import { badRequest, SesError } from "../ses-error.ts";
import { type ContactList, Subscription } from "../state/registry.ts";

const Name = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const OneList = z.object({ ContactListName: Name });

function findList({ registry }: SesContext, name: string): ContactList {
  const list = registry.contactLists.get(name);
  if (list === undefined) throw ofMessage.noList(name);
  return list;
}

const contactKey = (list: string, address: string): string => `${list} ${address.toLowerCase()}`;

/** Recipients of a send who do not want mail of its list and topic. Refuses a list or topic that does not exist. */
export function unsubscribed(
  context: SesContext,
  { ContactListName: listName, TopicName: topicName }: ListManagementOptions,
  recipients: readonly string[],
): Set<string> {
  const list = findList(context, listName);
  const topic = list.topics.find(({ name }) => name === topicName);
  if (topicName !== undefined && topic === undefined) throw ofMessage.noTopic(topicName, listName);
  const optedOut = (address: string): boolean => {
    const contact = context.registry.contacts.get(contactKey(listName, address));
    if (contact?.unsubscribeAll === true) return true;
    if (topic === undefined) return false;
    return (contact?.topics[topic.name] ?? topic.usual) === "OPT_OUT";
  };
  return new Set(recipients.filter(optedOut));
}

export const contactListOperations: Operation[] = [
  control(
    { action: "CreateContactList", method: "POST", path: "/contact-lists" },
    OneList.extend({
      Topics: z
        .array(z.object({ TopicName: Name, DisplayName: z.string(), DefaultSubscriptionStatus: Subscription }))
        .optional(),
    }),
    ({ registry }, { ContactListName: name, Topics: topics = [] }) => {
      // So says AWS also where the one list has this very name.
      if (registry.contactLists.values().length > 0) throw badRequest("A maximum of 1 Lists allowed per account.");
      const kept = topics.map((topic) => ({ name: topic.TopicName, usual: topic.DefaultSubscriptionStatus }));
      registry.contactLists.put(name, { name, topics: kept });
      return {};
    },
  ),
  control(
    { action: "CreateContact", method: "POST", path: "/contact-lists/{ContactListName}/contacts" },
    OneList.extend({
      EmailAddress: z.string(),
      UnsubscribeAll: z.boolean().optional(),
      TopicPreferences: z.array(z.object({ TopicName: Name, SubscriptionStatus: Subscription })).optional(),
    }),
    (context, { ContactListName: list, EmailAddress: address, UnsubscribeAll, TopicPreferences = [] }) => {
      findList(context, list);
      const key = contactKey(list, address);
      if (context.registry.contacts.has(key)) {
        throw new SesError("AlreadyExistsException", `Contact with address ${address} already exists.`);
      }
      const topics = Object.fromEntries(TopicPreferences.map((each) => [each.TopicName, each.SubscriptionStatus]));
      context.registry.contacts.put(key, { unsubscribeAll: UnsubscribeAll === true, topics });
      return {};
    },
  ),
];
