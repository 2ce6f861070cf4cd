"use strict";
(() => {
  const { nodes: rawNodes, edges: rawEdges, options } = JSON.parse(document.getElementById("data").textContent);
  const panel = document.getElementById("panel");
  const search = document.getElementById("search");

  // Every text goes in as text, never as markup.
  const element = (tag, text, ...children) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  };
  const words = (type) => type.toLowerCase().replaceAll("_", " ");
  const percent = (info) => (info.confidence == null ? "" : `${Math.round(info.confidence * 100)} %`);
  const foundBy = (info) => [info.inferred ? "inferred" : "", info.by, percent(info)].filter(Boolean).join(" · ");

  const nodeTip = ({ label, name, facts }) => {
    const short = facts.filter(([field]) => field === "year" || field === "papers").map(([field, value]) => `${field} ${value}`);
    return element("div", "", element("b", name), element("span", [label, ...short].join(" · ")));
  };
  const edgeTip = (edge) => {
    const { info } = edge;
    const line = `${nameOf(edge.from)} ${words(info.type)} ${nameOf(edge.to)}`;
    return element("div", "", element("b", line), element("span", info.evidence ? `“${info.evidence}”` : ""), element("span", foundBy(info)));
  };
  const byId = new Map(rawNodes.map((node) => [node.id, node]));
  const nameOf = (id) => byId.get(id).info.name;

  const nodes = new vis.DataSet(rawNodes.map((node) => ({ ...node, title: nodeTip(node.info) })));
  const edges = new vis.DataSet(rawEdges.map((edge, id) => ({ ...edge, id, title: edgeTip(edge) })));
  const hiddenLabels = new Set();
  const view = new vis.DataView(nodes, { filter: (node) => !hiddenLabels.has(node.info.label) });
  const network = new vis.Network(document.getElementById("graph"), { nodes: view, edges }, options);

  const emphasise = (shown) => {
    nodes.update(rawNodes.map(({ id }) => ({ id, opacity: !shown || shown.has(id) ? 1 : 0.15 })));
    edges.update(edges.map((edge) => ({ id: edge.id, hidden: Boolean(shown) && !(shown.has(edge.from) && shown.has(edge.to)) })));
  };

  const relation = (edge, id) => {
    const outwards = edge.from === id;
    const other = nameOf(outwards ? edge.to : edge.from);
    const heading = outwards ? `${words(edge.info.type)} → ${other}` : `${other} → ${words(edge.info.type)}`;
    const parts = [element("h3", heading)];
    if (edge.info.evidence) parts.push(element("blockquote", edge.info.evidence));
    if (foundBy(edge.info)) parts.push(element("p", foundBy(edge.info)));
    return parts;
  };
  const showNode = (id) => {
    const { label, name, url, facts } = byId.get(id).info;
    panel.replaceChildren(element("h2", name), element("p", label));
    for (const [field, value] of facts) panel.append(element("p", `${field}: ${value}`));
    if (url) {
      const link = element("a", url);
      link.href = url;
      link.rel = "noopener noreferrer";
      panel.append(element("p", "", link));
    }
    for (const edge of rawEdges) if (edge.from === id || edge.to === id) panel.append(...relation(edge, id));
    panel.hidden = false;
    panel.scrollTop = 0;
  };
  const showEdge = (edge) => {
    panel.replaceChildren(element("h2", nameOf(edge.from)), ...relation(edge, edge.from));
    panel.hidden = false;
  };

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) {
      showNode(node);
      emphasise(new Set([node, ...network.getConnectedNodes(node)]));
    } else if (edge !== undefined) {
      showEdge(edges.get(edge));
      emphasise(null);
    } else {
      panel.hidden = true;
      emphasise(null);
    }
  });

  const found = () => {
    const wanted = search.value.trim().toLowerCase();
    return wanted ? rawNodes.filter((node) => node.info.name.toLowerCase().includes(wanted)).map((node) => node.id) : null;
  };
  search.addEventListener("input", () => {
    const ids = found();
    emphasise(ids && new Set(ids));
  });
  search.addEventListener("keydown", (event) => {
    const ids = event.key === "Enter" ? found() : null;
    if (ids && ids.length) network.fit({ nodes: ids, animation: { duration: 300 }, maxZoomLevel: 1.2 });
  });

  for (const button of document.querySelectorAll("#legend button")) {
    button.addEventListener("click", () => {
      const { label } = button.dataset;
      const shown = hiddenLabels.delete(label);
      if (!shown) hiddenLabels.add(label);
      button.setAttribute("aria-pressed", String(shown));
      view.refresh();
    });
  }

  network.once("afterDrawing", () => {
    network.fit();
    document.body.dataset.drawn = String(rawNodes.length);
  });
})();
