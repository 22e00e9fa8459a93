package io.levee.console;

import java.util.List;

/**
 * How the events of an issue are spread over environments, releases, tags …: the part of its page
 * that costs most, fetched behind the rest.
 *
 * @param searchPath of the project
 * @param query finds the issue's events
 */
record IssueFacets(List<FacetView> facets, String searchPath, String query) {
  String searchLink(String more) {
    return Params.of(searchPath).with("q", query + " " + more).with("range", "14d").href();
  }
}
