// Puts a map that moves in the place of each sketch. The list beside it stays as it is and does the same without this.
"use strict";
(() => {
  const holders = document.querySelectorAll("[data-map]");
  if (!holders.length) return;
  const SVG = "http://www.w3.org/2000/svg";
  const MIDDLE = [34.718, 137.532];

  function load() {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/maps/leaflet/leaflet.css";
    document.head.prepend(style);
    return Promise.all([
      new Promise((done, failed) => { style.onload = done; style.onerror = failed; }),
      new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = "/maps/leaflet/leaflet.js";
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      })
    ]);
  }

  function svg(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  function element(name, text) {
    const node = document.createElement(name);
    node.textContent = text;
    return node;
  }

  function icon(mark, tone, number) {
    const text = svg("text", { y: 5 }, String(number));
    const picture = svg("svg", { viewBox: "-22 -22 44 44", "aria-hidden": "true" },
      svg("g", { class: `mark ${tone}` }, svg("path", { d: mark }), text));
    return L.divIcon({ html: picture, className: "pin-icon", iconSize: [44, 44], iconAnchor: [22, 22] });
  }

  function entry(pin) {
    const box = document.createElement("p");
    const name = `${pin.number}: ${pin.name}`;
    if (pin.path) {
      const link = element("a", name);
      link.href = pin.path;
      box.append(link);
    } else {
      box.append(element("strong", name));
    }
    if (pin.about) box.append(document.createElement("br"), pin.about);
    return box;
  }

  function popup(pins) {
    const box = document.createElement("div");
    box.append(...pins.map(entry));
    return box;
  }

  // Marks that would lie on one another become one, which tells of all of them.
  function groups(map, all) {
    const NEAR_PX = 46;
    const groups = [];
    for (const pin of all) {
      const at = map.project([pin.latitude, pin.longitude]);
      const near = groups.find(group => group.at.distanceTo(at) < NEAR_PX);
      if (near) near.pins.push(pin);
      else groups.push({ at, pins: [pin] });
    }
    return groups.map(group => group.pins);
  }

  function mark(pins) {
    const first = pins[0];
    if (pins.length === 1) return icon(first.mark, first.tone, first.number);
    const round = "M-16 0a16 16 0 1 0 32 0a16 16 0 1 0 -32 0z";
    return icon(round, `many ${pins.some(pin => pin.tone === "danger") ? "danger" : first.tone}`, `×${pins.length}`);
  }

  function pins(map, all) {
    const layer = L.layerGroup().addTo(map);
    function draw() {
      layer.clearLayers();
      for (const group of groups(map, all)) {
        const name = group.map(pin => `${pin.number}: ${pin.name}`).join(", ");
        const marker = L.marker([group[0].latitude, group[0].longitude], { icon: mark(group), title: name });
        marker.bindPopup(popup(group), { maxHeight: 260 }).addTo(layer);
        marker.getElement().setAttribute("aria-label", name);
        marker.getElement().dataset.pins = group.map(pin => pin.number).join(" ");
      }
    }
    draw();
    map.on("zoomend", draw);
    // Leaflet hears Escape only while the map itself has the focus.
    map.getContainer().addEventListener("keydown", event => {
      if (event.key === "Escape") map.closePopup();
    });
  }

  function ground(map, shapes) {
    for (const shape of shapes) {
      L.geoJSON(shape.geometry, { interactive: false, style: { className: `ground ${shape.kind}`, fill: ["border", "area"].includes(shape.kind) } }).addTo(map);
    }
  }

  // Names to find one's way by, where there are no pictures of the ground.
  function labels(map, all) {
    const layer = L.layerGroup();
    for (const label of all) {
      const name = element("span", label.name);
      name.setAttribute("aria-hidden", "true");
      L.marker([label.latitude, label.longitude], {
        icon: L.divIcon({ html: name, className: "label-icon", iconSize: [0, 0] }), interactive: false, keyboard: false
      }).addTo(layer);
    }
    const NEAR_ENOUGH = 13;
    const draw = () => map.getZoom() >= NEAR_ENOUGH ? layer.addTo(map) : layer.remove();
    map.on("zoomend", draw);
    draw();
  }

  function frame(map, data) {
    const bounds = L.latLngBounds(data.pins.map(pin => [pin.latitude, pin.longitude]));
    for (const shape of data.ground) if (shape.kind === "area") bounds.extend(L.geoJSON(shape.geometry).getBounds());
    if (bounds.isValid()) return map.fitBounds(bounds.pad(0.15), { maxZoom: 16 });
    const whole = L.featureGroup(data.ground.map(shape => L.geoJSON(shape.geometry)));
    if (data.ground.length) map.fitBounds(whole.getBounds());
    else map.setView(MIDDLE, 13);
  }

  // A tap, Enter or the telephone's own place writes the two fields and moves the mark.
  function picking(map, canvas, close) {
    const longitude = document.getElementById("longitude"), latitude = document.getElementById("latitude");
    if (!longitude || !latitude) return;
    const mark = "M0 14C-4 6 -12 2 -12 -5A12 12 0 1 1 12 -5C12 2 4 6 0 14z";
    let marker = null;
    function pick(at, tell) {
      longitude.value = at.lng.toFixed(6);
      latitude.value = at.lat.toFixed(6);
      if (!marker) marker = L.marker(at, { icon: icon(mark, "picked", "●"), interactive: false, keyboard: false }).addTo(map);
      marker.setLatLng(at);
      if (tell) say("located");
    }
    function say(what) {
      const status = document.querySelector("[data-locate-status]");
      if (status) status.textContent = status.dataset[what] || "";
    }
    if (longitude.value && latitude.value) {
      const at = L.latLng(Number(latitude.value), Number(longitude.value));
      pick(at, false);
      map.setView(at, close);
    }
    map.on("click", event => pick(event.latlng.wrap(), true));
    canvas.addEventListener("keydown", event => {
      if (event.key === "Enter" && event.target === canvas) {
        event.preventDefault();
        pick(map.getCenter().wrap(), true);
      }
    });
    canvas.append(svg("svg", { class: "cross", viewBox: "0 0 32 32", "aria-hidden": "true" },
      svg("path", { d: "M16 2V30M2 16H30", stroke: "#000", "stroke-width": 3 })));
    const button = document.querySelector("[data-locate]");
    if (!button || !navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      say("locating");
      navigator.geolocation.getCurrentPosition(position => {
        const at = L.latLng(position.coords.latitude, position.coords.longitude);
        pick(at, true);
        map.setView(at, close);
      }, () => say("failed"), { enableHighAccuracy: true, timeout: 15000 });
    });
  }

  function show(holder) {
    const data = JSON.parse(holder.dataset.map);
    const canvas = document.createElement("div");
    canvas.className = "canvas";
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", holder.dataset.name);
    holder.replaceChildren(canvas);
    const map = L.map(canvas, { zoomControl: false, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, maxZoom: 19 });
    map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: holder.dataset.zoomIn, zoomOutTitle: holder.dataset.zoomOut }).addTo(map);
    map.on("popupopen", event => {
      event.popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", holder.dataset.close);
    });
    frame(map, data);
    ground(map, data.ground);
    if (data.tiles) L.tileLayer(data.tiles, { attribution: data.attribution, maxNativeZoom: 18, maxZoom: 19 }).addTo(map);
    else labels(map, data.labels);
    pins(map, data.pins);
    const foot = holder.nextElementSibling;
    if (foot) {
      foot.querySelector("[data-map-keys]")?.removeAttribute("hidden");
      foot.querySelector("[data-map-sketch]")?.remove();
    }
    if (holder.dataset.pick) picking(map, canvas, data.tiles ? 17 : 14);
  }

  load().then(() => holders.forEach(show), () => { /* the sketch stays */ });
})();
