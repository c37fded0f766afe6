// What is said to the person: quietly, or as a warning.

const put = (id) => (text) => { document.getElementById(id).textContent = text; };
export const say = put("status");
export const warn = put("alert");
export const warned = () => document.getElementById("alert").textContent !== "";
