import * as z from "zod";
import { TemplateContent } from "../message/send-request.ts";
import { control, type Operation } from "../operation.ts";
import { badRequest, SesError } from "../ses-error.ts";

const maxTemplateBytes = 500 * 1024;

export const templateOperations: Operation[] = [
  control(
    { action: "CreateEmailTemplate", method: "POST", path: "/templates" },
    z.object({ TemplateName: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), TemplateContent }),
    ({ registry }, { TemplateName: name, TemplateContent: content }) => {
      if (registry.templates.has(name))
        throw new SesError("AlreadyExistsException", `Template ${name} already exists.`);
      if (JSON.stringify(content).length > maxTemplateBytes) throw badRequest("Template is larger than 500 KB.");
      registry.templates.put(name, { name, content });
      return {};
    },
  ),
];
